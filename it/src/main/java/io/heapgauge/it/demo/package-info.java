/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** The demo service that the run command starts. */
@NullMarked
package io.heapgauge.it.demo;

import org.jspecify.annotations.NullMarked;
