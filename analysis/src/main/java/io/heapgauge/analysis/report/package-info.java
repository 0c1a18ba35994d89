/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** The immutable report and its renderings as JSON and as a text table. Plain records that know no graph and no running VM. */
@NullMarked
package io.heapgauge.analysis.report;

import org.jspecify.annotations.NullMarked;
