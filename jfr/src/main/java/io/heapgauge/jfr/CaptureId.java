/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MetadataDefinition;
import jdk.jfr.Name;
import jdk.jfr.Relational;

/** Tells readers of a recording that events with the same value belong to the same capture. */
@MetadataDefinition
@Relational
@Name("io.heapgauge.CaptureId")
@Label("Capture Id")
@Description("Events with the same value belong to the same capture")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface CaptureId {}
