/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * A set of objects with what it retains as a whole.
 *
 * @param name a class, a class loader or a package
 * @param members objects of the set that the GC roots reach, with their shallow sizes
 * @param retainedBytes what the GC roots would no longer reach without the whole set, its members included
 */
public record RetainedGroup(String name, Size members, long retainedBytes) {}
