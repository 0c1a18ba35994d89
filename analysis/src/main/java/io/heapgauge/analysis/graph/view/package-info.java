/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Ways of looking at a graph that change nothing in it: edge filters, and parts folded into their owners. */
@NullMarked
package io.heapgauge.analysis.graph.view;

import org.jspecify.annotations.NullMarked;
