/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;

/**
 * The VM's diagnostic command {@code GC.class_histogram}, reached from inside. It is asked for all objects, garbage included:
 * to count only live ones the VM would collect its whole heap first.
 */
final class ClassHistogramCommand {
    private static final String[] SIGNATURE = {String[].class.getName()};

    private final MBeanServer server;
    private final ObjectName name;

    private ClassHistogramCommand(MBeanServer server, ObjectName name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Finds the command.
     *
     * @throws IOException if this VM does not have it
     */
    static ClassHistogramCommand ofThisVm() throws IOException {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName("com.sun.management:type=DiagnosticCommand");
            if (!server.isRegistered(name)) {
                throw new IOException("this VM has no quick mode: it runs without the module jdk.management");
            }
            return new ClassHistogramCommand(server, name);
        } catch (JMException | LinkageError e) {
            throw new IOException("this VM has no quick mode: " + e, e);
        }
    }

    /** Counts; the application stands still meanwhile. */
    String run() throws IOException {
        try {
            Object[] arguments = {new String[] {"-all"}};
            return (String) server.invoke(name, "gcClassHistogram", arguments, SIGNATURE);
        } catch (JMException | RuntimeMBeanException e) {
            throw new IOException("the VM's class histogram cannot be had: " + e, e);
        }
    }
}
