/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** JMH benchmarks of the innermost loops: {@code mvn -Pbench -DskipTests verify -Dbench.job=jmh}. */
@NullMarked
package io.heapgauge.it.bench.kernel;

import org.jspecify.annotations.NullMarked;
