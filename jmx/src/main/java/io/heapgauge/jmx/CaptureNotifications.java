/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureMode;
import io.heapgauge.CaptureRequest;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Size;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * What a gauge tells its subscribers. The message says it to people; the user data, a map of strings to strings and
 * numbers, to programs, and both are of JDK classes only.
 */
final class CaptureNotifications {
    static final String REQUESTED = "heapgauge.capture.requested";
    static final String STARTED = "heapgauge.capture.started";
    static final String FINISHED = "heapgauge.capture.finished";
    static final String FAILED = "heapgauge.capture.failed";

    private final ObjectName source;
    private final AtomicLong sequence = new AtomicLong();
    private final NotificationBroadcasterSupport broadcaster =
            new NotificationBroadcasterSupport(new MBeanNotificationInfo(
                    new String[] {REQUESTED, STARTED, FINISHED, FAILED},
                    Notification.class.getName(),
                    "A capture was asked for, begins, has been analysed, or gave no report; the user data is a map with trigger, label and"
                            + " what is known of it"));

    CaptureNotifications(ObjectName source) {
        this.source = source;
    }

    NotificationBroadcasterSupport broadcaster() {
        return broadcaster;
    }

    void requested(CaptureRequest request) {
        String by = request.by() == null ? "" : ", by " + request.by();
        send(
                REQUESTED,
                request.mode().id() + " capture asked for (trigger "
                        + request.trigger().id() + by + labelled(request.label()) + ")",
                facts(request));
    }

    private static Map<String, Object> facts(CaptureRequest request) {
        Map<String, Object> facts = new LinkedHashMap<>();
        put(facts, "trigger", request.trigger().id());
        put(facts, "mode", request.mode().id());
        put(facts, "label", request.label());
        put(facts, "by", request.by());
        return facts;
    }

    void started(CaptureRequest request) {
        Map<String, Object> facts = facts(request);
        send(STARTED, "capture begins (trigger " + request.trigger().id() + labelled(request.label()) + ")", facts);
    }

    void finished(HeapReport report) {
        CaptureFacts capture = report.capture();
        Size all = report.totals().all();
        boolean pauseKnown = capture.pauseSource() != PauseSource.UNKNOWN;
        Map<String, Object> facts = new LinkedHashMap<>();
        put(facts, "trigger", capture.trigger().id());
        put(facts, "mode", (capture.isQuick() ? CaptureMode.QUICK : CaptureMode.FULL).id());
        put(facts, "label", capture.label());
        put(facts, "pauseNanos", pauseKnown ? capture.pauseNanos() : null);
        put(facts, "pauseSource", capture.pauseSource().id());
        put(facts, "captureNanos", capture.captureNanos());
        put(facts, "analysisNanos", report.analysis().analysisNanos());
        put(facts, "objects", all.objects());
        put(facts, "bytes", all.bytes());
        put(facts, "dumpBytes", capture.dumpBytes());
        put(facts, "dumpName", capture.dumpName());
        String pause =
                pauseKnown ? String.format(Locale.ROOT, "pause %.1f ms", capture.pauseNanos() / 1e6) : "pause unknown";
        send(
                FINISHED,
                String.format(
                        Locale.ROOT,
                        "capture analysed (trigger %s%s): %,d objects, %,d bytes, %s (%s), analysis %.1f ms",
                        capture.trigger().id(),
                        labelled(capture.label()),
                        all.objects(),
                        all.bytes(),
                        pause,
                        capture.pauseSource().id(),
                        report.analysis().analysisNanos() / 1e6),
                facts);
    }

    void failed(CaptureFailure failure) {
        Map<String, Object> facts = new LinkedHashMap<>();
        put(facts, "trigger", failure.trigger().id());
        put(facts, "mode", failure.mode().id());
        put(facts, "label", failure.label());
        put(facts, "outcome", failure.outcome().id());
        send(
                FAILED,
                "capture " + failure.outcome().id() + " (trigger "
                        + failure.trigger().id() + labelled(failure.label()) + "): " + failure.message(),
                facts);
    }

    private void send(String type, String message, Map<String, Object> facts) {
        Notification notification = new Notification(type, source, sequence.incrementAndGet(), message);
        notification.setUserData(facts);
        broadcaster.sendNotification(notification);
    }

    private static void put(Map<String, Object> facts, String key, @Nullable Object value) {
        if (value != null) {
            facts.put(key, value);
        }
    }

    private static String labelled(@Nullable String label) {
        return label == null ? "" : ", label " + label;
    }
}
