/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Writes dumps again without the values in them. */
@NullMarked
package io.heapgauge.analysis.redact;

import org.jspecify.annotations.NullMarked;
