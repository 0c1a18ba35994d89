/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;

/**
 * How a gauge measures by itself at the moment.
 *
 * @param wanted the time between two measurements that was asked for
 * @param interval the time that the last one made necessary; longer where the budget asks for it
 * @param pausedShare share of the time that the application stood still for the measurements of about the last hour
 * @param copiedShare share of one processor's time that went, at the most, into copying pages meanwhile; an estimate from page
 *     faults
 * @param pauseBudget what {@code pausedShare} shall not exceed
 */
public record ContinuousState(
        Duration wanted, Duration interval, double pausedShare, double copiedShare, double pauseBudget) {}
