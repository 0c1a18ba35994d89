/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.HeapReport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** One gauge's place in the platform's MBean server, from its start to its close. */
final class GaugeRegistration implements HeapReportListener {
    private static final Logger LOG = System.getLogger(GaugeRegistration.class.getName());

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName objectName;
    private final CaptureNotifications notifications;
    private boolean registered;

    GaugeRegistration(String gaugeName) {
        objectName = objectName(gaugeName);
        notifications = new CaptureNotifications(objectName);
    }

    static ObjectName objectName(String gaugeName) {
        try {
            return new ObjectName("io.heapgauge:type=HeapGauge,name=" + gaugeName);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("gauge name '" + gaugeName + "' cannot be part of an object name", e);
        }
    }

    @Override
    public void onStart(HeapGauge gauge) {
        try {
            server.registerMBean(new GaugeMBean(new GaugeOperations(gauge), notifications.broadcaster()), objectName);
            registered = true;
        } catch (InstanceAlreadyExistsException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "heapgauge: no MXBean for this gauge, " + objectName
                            + " is taken: another gauge of this JVM has the same name; give each its own");
        } catch (JMException e) {
            LOG.log(Level.WARNING, () -> "heapgauge: no MXBean for this gauge, " + objectName + " not registered", e);
        }
    }

    @Override
    public void onRequested(CaptureRequest request) {
        notifications.requested(request);
    }

    @Override
    public void onCaptureStarted(CaptureRequest request) {
        notifications.started(request);
    }

    @Override
    public void onReport(HeapReport report) {
        notifications.finished(report);
    }

    @Override
    public void onFailure(CaptureFailure failure) {
        notifications.failed(failure);
    }

    @Override
    public void onClose() {
        if (!registered) {
            return; // the bean of that name belongs to another gauge
        }
        registered = false;
        try {
            server.unregisterMBean(objectName);
        } catch (InstanceNotFoundException e) {
            LOG.log(Level.DEBUG, () -> "heapgauge: somebody else had already unregistered " + objectName);
        } catch (JMException e) {
            LOG.log(Level.WARNING, () -> "heapgauge: could not unregister " + objectName, e);
        }
    }
}
