/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** What the process of a copy-on-write snapshot measured, and told its parent. */
@NullMarked
package io.heapgauge.analysis.snapshot;

import org.jspecify.annotations.NullMarked;
