/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Arrays off the Java heap, in mapped scratch files or direct memory, within a budget that is checked before anything is allocated. */
@NullMarked
package io.heapgauge.analysis.store;

import org.jspecify.annotations.NullMarked;
