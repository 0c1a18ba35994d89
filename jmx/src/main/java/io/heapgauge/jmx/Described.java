/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import javax.management.MBeanOperationInfo;

/** What a management client shows of a member of {@link HeapGaugeMXBean}; on a parameter, its {@link #name} as well. */
@Retention(RetentionPolicy.RUNTIME)
@interface Described {
    /** A sentence or two for the operator. */
    String value();

    /** The parameter's name; compiled names never reach a client. */
    String name() default "";

    /** What an operation does to the application, one of the constants of {@link MBeanOperationInfo}. */
    int impact() default MBeanOperationInfo.UNKNOWN;
}
