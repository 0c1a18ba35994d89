/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** How a VM lays objects out in memory: shallow sizes as a function of an explicit VM model. */
@NullMarked
package io.heapgauge.analysis.layout;

import org.jspecify.annotations.NullMarked;
