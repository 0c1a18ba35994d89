/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** The JDK Flight Recorder events. */
@NullMarked
package io.heapgauge.jfr;

import org.jspecify.annotations.NullMarked;
