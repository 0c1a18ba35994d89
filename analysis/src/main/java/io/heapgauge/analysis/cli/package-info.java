/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line: {@code heapgauge types DUMP} and {@code heapgauge roots DUMP --root SPEC}. Needs picocli, which the
 * library itself does not; {@code heapgauge-cli.jar} brings it along.
 */
@NullMarked
package io.heapgauge.analysis.cli;

import org.jspecify.annotations.NullMarked;
