/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Dumps without their contents. */
@NullMarked
package io.heapgauge.analysis.redact;

import org.jspecify.annotations.NullMarked;
