/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

/** Why the VM holds an object, one constant per root sub-record of the hprof format. */
public enum RootKind {
    /** 0xFF: held for a reason the VM does not tell. */
    UNKNOWN,
    /** 0x01: a JNI global reference. */
    JNI_GLOBAL,
    /** 0x02: a JNI local reference of a thread. */
    JNI_LOCAL,
    /** 0x03: a local variable or operand in a Java frame of a thread. */
    JAVA_FRAME,
    /** 0x04: a native stack of a thread. */
    NATIVE_STACK,
    /** 0x05: a class that is never unloaded. */
    STICKY_CLASS,
    /** 0x06: referenced from a thread block. */
    THREAD_BLOCK,
    /** 0x07: a monitor in use. */
    MONITOR_USED,
    /** 0x08: a live thread. */
    THREAD_OBJECT
}
