/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** Threads of this library: named, daemon, and holding nothing of the application that happened to start them. */
final class GaugeThreads {
    static final String PREFIX = "heapgauge-";

    private static final boolean INHERIT_THREAD_LOCALS = false;
    private static final long DEFAULT_STACK_BYTES = 0;

    private GaugeThreads() {}

    /**
     * Makes a thread without starting it. A plain new thread would keep the creator's inheritable thread-locals, thread
     * group, context class loader and, up to JDK 23, the protection domains on the creator's stack: each of them can
     * hold the class loader of an application that was undeployed long ago.
     */
    @SuppressWarnings("removal") // without privileges of our own the thread inherits the application's access context
    static Thread newDaemon(String name, Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(topGroup(), task, name, DEFAULT_STACK_BYTES, INHERIT_THREAD_LOCALS);
            thread.setDaemon(true);
            thread.setContextClassLoader(GaugeThreads.class.getClassLoader());
            return thread;
        });
    }

    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
