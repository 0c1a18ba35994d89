/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * The field or type of array by which most of something is held.
 *
 * @param field {@code com.acme.Node#next}, of an element the type of its array, {@code com.acme.Node[]}
 * @param references how many references there are in such fields to it
 */
public record MainHolder(String field, long references) {}
