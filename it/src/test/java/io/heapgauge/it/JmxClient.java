/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.FlightRecorderMXBean;

/** A management client of another JVM that, like JConsole, has no class of heapgauge's to help it. */
final class JmxClient implements AutoCloseable {
    private static final String FLIGHT_RECORDER = "jdk.management.jfr:type=FlightRecorder";

    private final JMXConnector connector;
    private final MBeanServerConnection connection;

    private JmxClient(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.connection = connector.getMBeanServerConnection();
    }

    static JmxClient connect(JMXServiceURL address) throws IOException {
        return new JmxClient(JMXConnectorFactory.connect(address));
    }

    /** Connects to a JVM of this machine the way JConsole does: it makes that JVM start its own connector. */
    static JmxClient attach(long pid) throws IOException, AttachNotSupportedException {
        VirtualMachine vm = VirtualMachine.attach(Long.toString(pid));
        try {
            return connect(new JMXServiceURL(vm.startLocalManagementAgent()));
        } finally {
            vm.detach();
        }
    }

    static ObjectName gauge(String name) {
        try {
            return new ObjectName("io.heapgauge:type=HeapGauge,name=" + name);
        } catch (JMException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    Object attribute(ObjectName bean, String attribute) throws JMException, IOException {
        return connection.getAttribute(bean, attribute);
    }

    void set(ObjectName bean, Attribute attribute) throws JMException, IOException {
        connection.setAttribute(bean, attribute);
    }

    Object invoke(ObjectName bean, String operation) throws JMException, IOException {
        return connection.invoke(bean, operation, new Object[0], new String[0]);
    }

    Object invoke(ObjectName bean, String operation, String label) throws JMException, IOException {
        return connection.invoke(bean, operation, new Object[] {label}, new String[] {String.class.getName()});
    }

    /** The rows of a table by their key. */
    Map<String, CompositeData> table(ObjectName bean, String attribute) throws JMException, IOException {
        Map<String, CompositeData> rows = new LinkedHashMap<>();
        for (Object row : ((TabularData) attribute(bean, attribute)).values()) {
            CompositeData entry = (CompositeData) row;
            rows.put((String) entry.get("key"), (CompositeData) entry.get("value"));
        }
        return rows;
    }

    Queue<Notification> subscribe(ObjectName bean) throws JMException, IOException {
        Queue<Notification> received = new ConcurrentLinkedQueue<>();
        connection.addNotificationListener(bean, (notification, handback) -> received.add(notification), null, null);
        return received;
    }

    Set<ObjectName> gauges() throws JMException, IOException {
        return connection.queryNames(new ObjectName("io.heapgauge:*"), null);
    }

    <T extends PlatformManagedObject> T platform(String name, Class<T> type) throws IOException {
        return ManagementFactory.newPlatformMXBeanProxy(connection, name, type);
    }

    FlightRecorderMXBean flightRecorder() throws IOException {
        return platform(FLIGHT_RECORDER, FlightRecorderMXBean.class);
    }

    /** Starts a recording in that JVM. */
    long startRecording() throws IOException {
        FlightRecorderMXBean recorder = flightRecorder();
        long id = recorder.newRecording();
        recorder.startRecording(id);
        return id;
    }

    /** Has that JVM write what a recording holds so far. */
    FlightFile dumpRecording(long id, Path file) throws IOException {
        flightRecorder().copyTo(id, file.toString());
        return new FlightFile(file);
    }

    /** Names of heapgauge's event types; asked without the JDK's proxy, which cannot read them (it wants "settings"). */
    List<String> eventTypes() throws JMException, IOException {
        CompositeData[] types = (CompositeData[]) attribute(new ObjectName(FLIGHT_RECORDER), "EventTypes");
        return Arrays.stream(types)
                .map(type -> (String) type.get("name"))
                .filter(name -> name.startsWith("io.heapgauge."))
                .toList();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
