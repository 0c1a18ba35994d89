/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

/**
 * Which engine a gauge uses, and why.
 *
 * @param name {@code fork}, {@code hotspot}, or {@code none} where the engine that was asked for cannot be had; empty before
 *     it was decided
 * @param reason for people
 */
public record EngineFacts(String name, String reason) {}
