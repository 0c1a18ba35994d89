/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** The agent: all of heapgauge for a JVM whose program knows nothing of it. */
@NullMarked
package io.heapgauge.agent;

import org.jspecify.annotations.NullMarked;
