/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.server.RMIServerSocketFactory;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;

/** A management client over a real RMI connector on loopback, as JConsole is one. */
final class RemoteConsole implements AutoCloseable {
    private final JMXConnectorServer server;
    private final JMXConnector connector;
    private final MBeanServerConnection connection;

    RemoteConsole() throws IOException {
        // the address that the client is told; read once by the RMI runtime
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
        RMIServerSocketFactory loopbackOnly = port -> new ServerSocket(port, 8, InetAddress.getLoopbackAddress());
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "127.0.0.1", 0),
                Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, loopbackOnly),
                ManagementFactory.getPlatformMBeanServer());
        server.start();
        connector = JMXConnectorFactory.connect(server.getAddress());
        connection = connector.getMBeanServerConnection();
    }

    MBeanInfo info(ObjectName name) throws JMException, IOException {
        return connection.getMBeanInfo(name);
    }

    boolean knows(ObjectName name) throws IOException {
        return connection.isRegistered(name);
    }

    Object attribute(ObjectName name, String attribute) throws JMException, IOException {
        return connection.getAttribute(name, attribute);
    }

    Object invoke(ObjectName name, String operation) throws JMException, IOException {
        return connection.invoke(name, operation, new Object[0], new String[0]);
    }

    Object invoke(ObjectName name, String operation, String label) throws JMException, IOException {
        return connection.invoke(name, operation, new Object[] {label}, new String[] {String.class.getName()});
    }

    Queue<Notification> subscribe(ObjectName name) throws JMException, IOException {
        Queue<Notification> received = new ConcurrentLinkedQueue<>();
        connection.addNotificationListener(name, (notification, handback) -> received.add(notification), null, null);
        return received;
    }

    @Override
    public void close() throws IOException {
        connector.close();
        server.stop();
    }
}
