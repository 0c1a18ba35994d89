/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.nio.ByteBuffer;

/**
 * Hears the records of a dump in file order. Buffers are the scanner's own window: read them with absolute gets, within
 * the call only. Big-endian, as the format is. Exceptions pass through the scanner to its caller.
 */
public interface HprofVisitor {
    /**
     * The start of the file, always first.
     *
     * @param header version, id size and time
     */
    default void header(HprofHeader header) {}

    /**
     * A name. The same id may come twice.
     *
     * @param id id of the name
     * @param window holds the modified UTF-8 bytes
     * @param at index of the first byte
     * @param length number of bytes
     */
    default void utf8(long id, ByteBuffer window, int at, int length) {}

    /**
     * A class was loaded.
     *
     * @param serial serial number of the class
     * @param classId id of the class object
     * @param stackSerial serial number of the stack trace
     * @param nameId id of the name, internal form with slashes
     */
    default void loadClass(int serial, long classId, int stackSerial, long nameId) {}

    /**
     * A frame of a stack trace.
     *
     * @param frameId id of the frame
     * @param methodNameId id of the method's name
     * @param signatureId id of the method's signature
     * @param sourceNameId id of the source file's name, 0 for none
     * @param classSerial serial number of the class
     * @param line line number, 0 or less where there is none
     */
    default void stackFrame(
            long frameId, long methodNameId, long signatureId, long sourceNameId, int classSerial, int line) {}

    /**
     * A stack trace.
     *
     * @param serial serial number of the trace
     * @param threadSerial serial number of the thread, 0 for none
     * @param frameIds ids of the frames, innermost first
     */
    default void stackTrace(int serial, int threadSerial, long[] frameIds) {}

    /**
     * A GC root.
     *
     * @param kind why the VM holds the object
     * @param id the object held
     * @param threadSerial serial number of the thread, 0 where the kind has none
     * @param detail frame number for frames and JNI locals, stack trace serial for threads, else -1
     */
    default void root(RootKind kind, long id, int threadSerial, int detail) {}

    /**
     * A class.
     *
     * @param dump its description, the caller's to keep
     */
    default void classDump(ClassDump dump) {}

    /**
     * An instance.
     *
     * @param id the object
     * @param classId its class
     * @param window holds the field values, the class's own fields first, then its super class's
     * @param at index of the first byte
     * @param length number of bytes
     * @param offset where the sub-record starts in the file
     */
    default void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {}

    /**
     * An array of references.
     *
     * @param id the array
     * @param classId the array's class
     * @param length number of elements
     * @param offset where the sub-record starts in the file
     * @return whether the elements are wanted through {@link #elements}, which is then called at least once
     */
    default boolean objectArray(long id, long classId, int length, long offset) {
        return false;
    }

    /**
     * An array of primitive values.
     *
     * @param id the array
     * @param type type code of its elements
     * @param length number of elements
     * @param offset where the sub-record starts in the file
     * @return whether the elements are wanted through {@link #elements}, which is then called at least once
     */
    default boolean primitiveArray(long id, int type, int length, long offset) {
        return false;
    }

    /**
     * Some elements of the array announced last, in order; a long array comes in several calls.
     *
     * @param window holds the elements
     * @param at index of the first byte
     * @param count number of elements in this call
     * @param last whether the array ends here
     */
    default void elements(ByteBuffer window, int at, int count, boolean last) {}

    /**
     * Called about once per megabyte; the place to report progress and, by an exception, to cancel.
     *
     * @param offset bytes of the (compressed) file read so far
     * @param fileBytes size of the file
     */
    default void progress(long offset, long fileBytes) {}
}
