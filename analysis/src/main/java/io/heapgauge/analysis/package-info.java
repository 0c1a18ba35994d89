/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** From a heap dump file to an immutable report: the one call that the runtime and the command line share. */
@NullMarked
package io.heapgauge.analysis;

import org.jspecify.annotations.NullMarked;
