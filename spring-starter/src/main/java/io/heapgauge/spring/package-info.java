/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Spring Boot auto-configuration and the Actuator endpoint. */
@NullMarked
package io.heapgauge.spring;

import org.jspecify.annotations.NullMarked;
