/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Brute force over random heaps, by which the engine is judged. */
package io.heapgauge.analysis.oracle;
