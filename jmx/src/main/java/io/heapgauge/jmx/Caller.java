/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.Principal;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Who calls an operation: the authenticated user of the connector and the address he comes from. */
final class Caller {
    private static final System.Logger LOG = System.getLogger(Caller.class.getName());

    /** {@code Subject.current()}, since JDK 18; the way before it is gone in later ones (JEP 411, JEP 486). */
    private static final @Nullable MethodHandle CURRENT_SUBJECT = currentSubject();

    private Caller() {}

    private static @Nullable MethodHandle currentSubject() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(Subject.class, "current", MethodType.methodType(Subject.class));
        } catch (ReflectiveOperationException e) {
            LOG.log(System.Logger.Level.DEBUG, "before JDK 18", e);
            return null;
        }
    }

    /** User and address as far as they are known, or null inside the process. */
    static @Nullable String current() {
        try {
            String user = user();
            String host = host();
            if (user == null) {
                return host;
            }
            return host == null ? user : user + "@" + host;
        } catch (Throwable e) { // who asks is worth a line, never a failed capture
            LOG.log(System.Logger.Level.DEBUG, "the caller is not known", e);
            return null;
        }
    }

    private static @Nullable String user() throws Throwable {
        Subject subject = CURRENT_SUBJECT == null ? subjectOfContext() : (Subject) CURRENT_SUBJECT.invokeExact();
        if (subject == null || subject.getPrincipals().isEmpty()) {
            return null;
        }
        return subject.getPrincipals().stream().map(Principal::getName).sorted().collect(Collectors.joining(","));
    }

    @SuppressWarnings("removal") // what JDK 17 has
    private static @Nullable Subject subjectOfContext() {
        AccessControlContext context = AccessController.getContext();
        return Subject.getSubject(context);
    }

    private static @Nullable String host() {
        try {
            return RemoteServer.getClientHost();
        } catch (ServerNotActiveException e) {
            return null; // called inside the process
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "this VM has no module java.rmi", e);
            return null;
        }
    }
}
