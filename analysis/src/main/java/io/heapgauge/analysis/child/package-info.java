/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** An analysis in a JVM of its own: what it is asked, and what it answers. */
@NullMarked
package io.heapgauge.analysis.child;

import org.jspecify.annotations.NullMarked;
