/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** What grows from capture to capture. */
@NullMarked
package io.heapgauge.analysis.growth;

import org.jspecify.annotations.NullMarked;
