/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

/** What a gauge is doing at the moment. */
public enum GaugeState {
    /** Built and not started, or closed. */
    STOPPED,
    /** Waiting for a trigger. */
    IDLE,
    /** Writing a dump; the application may be paused. */
    CAPTURING,
    /** Analysing a dump in the background. */
    ANALYZING
}
