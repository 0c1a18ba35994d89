/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** The MXBean that JConsole and other JMX clients talk to. */
@NullMarked
package io.heapgauge.jmx;

import org.jspecify.annotations.NullMarked;
