/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * How the size of a type or of a root moves from capture to capture.
 *
 * @param name the type or the root
 * @param bytes its size in the last capture
 * @param grownBytes by how much it has grown over the captures looked at: the slope times their span of time
 * @param bytesPerHour the slope, negative where it shrinks
 * @param certainty how sure it is that it grows and does not just vary, 0 to 1
 */
public record Trend(String name, long bytes, long grownBytes, long bytesPerHour, double certainty) {}
