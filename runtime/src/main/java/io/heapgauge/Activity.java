/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

/** What the gauge is doing, written by its own thread and read by any. */
final class Activity {
    private record Moment(GaugeState state, String phase, double progress) {}

    private static final Moment IDLE = new Moment(GaugeState.IDLE, "", 0);
    private static final Moment STOPPED = new Moment(GaugeState.STOPPED, "", 0);

    private volatile Moment now = IDLE;
    private volatile boolean stopped;

    void capturing(String phase) {
        now = new Moment(GaugeState.CAPTURING, phase, 0);
    }

    /** How much of the dump is written. */
    void captured(double fraction) {
        now = new Moment(GaugeState.CAPTURING, now.phase(), Math.max(0, Math.min(1, fraction)));
    }

    void analyzing(String phase, double fraction) {
        double progress = fraction >= 0 ? Math.min(1, fraction) : 0; // NaN is not >= 0
        now = new Moment(GaugeState.ANALYZING, phase, progress);
    }

    void idle() {
        now = IDLE;
    }

    /** For good: what a capture that could not be stopped in time still does is nobody's business. */
    void stopped() {
        stopped = true;
    }

    private Moment now() {
        return stopped ? STOPPED : now;
    }

    GaugeState state() {
        return now().state();
    }

    String phase() {
        return now().phase();
    }

    double progress() {
        return now().progress();
    }
}
