/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Heapgauge inside a service: captures the heap on demand, analyses it in the background and publishes reports. */
@NullMarked
package io.heapgauge;

import org.jspecify.annotations.NullMarked;
