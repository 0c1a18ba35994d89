/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Benchmarks that run by themselves: {@code mvn -Pbench -DskipTests verify}; see docs/benchmarks.md. */
@NullMarked
package io.heapgauge.it.bench;

import org.jspecify.annotations.NullMarked;
