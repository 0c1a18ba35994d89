/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.HeapReport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;

/**
 * The event types of this JVM, registered while at least one gauge uses them: several gauges share the types, and the
 * flight recorder runs one hook per type at the start of every chunk.
 */
final class EventTypes {
    private static final List<RepeatedType> REPEATED = List.of(
            new RepeatedType(
                    CaptureEvent.class,
                    report -> new CaptureEvent().of(report.capture(), true).commit()),
            new RepeatedType(
                    AnalysisEvent.class,
                    report -> new AnalysisEvent().of(report, true).commit()),
            new RepeatedType(TypeSummaryEvent.class, report -> TypeSummaryEvent.commitAll(report, true)),
            new RepeatedType(RootSizeEvent.class, report -> RootSizeEvent.commitAll(report, true)),
            new RepeatedType(RetainerEvent.class, report -> RetainerEvent.commitAll(report, true)),
            new RepeatedType(TypeGrowthEvent.class, report -> TypeGrowthEvent.commitAll(report, true)));

    private static final Set<GaugeEvents> USERS = new CopyOnWriteArraySet<>();

    private EventTypes() {}

    static synchronized void use(GaugeEvents user) {
        if (USERS.isEmpty()) {
            REPEATED.forEach(RepeatedType::register);
            FlightRecorder.register(CaptureFailureEvent.class);
        }
        USERS.add(user);
    }

    static synchronized void release(GaugeEvents user) {
        if (USERS.remove(user) && USERS.isEmpty()) {
            REPEATED.forEach(RepeatedType::unregister);
            FlightRecorder.unregister(CaptureFailureEvent.class);
        }
    }

    /** A type of event, and what writes it again for the last report of every gauge. */
    private static final class RepeatedType {
        private final Class<? extends Event> eventClass;
        private final Runnable hook;

        RepeatedType(Class<? extends Event> eventClass, Consumer<HeapReport> repeat) {
            this.eventClass = eventClass;
            this.hook = () -> USERS.forEach(user -> user.lastReport().ifPresent(repeat));
        }

        void register() {
            FlightRecorder.register(eventClass);
            FlightRecorder.addPeriodicEvent(eventClass, hook);
        }

        void unregister() {
            FlightRecorder.removePeriodicEvent(hook);
            FlightRecorder.unregister(eventClass);
        }
    }
}
