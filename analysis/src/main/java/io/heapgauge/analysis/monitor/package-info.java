/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Progress and cancellation of long work. */
@NullMarked
package io.heapgauge.analysis.monitor;

import org.jspecify.annotations.NullMarked;
