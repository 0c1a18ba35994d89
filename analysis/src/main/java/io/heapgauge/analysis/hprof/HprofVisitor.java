/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hears the records of a dump in file order. Buffers are the scanner's own window: read them with absolute gets, within
 * the call only, and change them in a {@link HprofScanner#rewrite} only. Big-endian, as the format is. Exceptions pass through the scanner to its caller.
 */
public interface HprofVisitor {
    /**
     * The start of the file, always first.
     *
     * @param header version, id size and time
     * @throws IOException to end the scan
     */
    default void header(HprofHeader header) throws IOException {}

    /**
     * A name. The same id may come twice.
     *
     * @param id id of the name
     * @param window holds the modified UTF-8 bytes
     * @param at index of the first byte
     * @param length number of bytes
     * @throws IOException to end the scan
     */
    default void utf8(long id, ByteBuffer window, int at, int length) throws IOException {}

    /**
     * Names one behind the other, of which a dump has tens of thousands before its heap. Tells them one by one by {@link #utf8},
     * unless a visitor reads them in a loop of its own, which saves the calls.
     *
     * @param window holds their records as a whole: a header, see {@link HprofScanner#HEADER_BYTES}, the id, the bytes
     * @param from index of the first record
     * @param to index behind the last one
     * @param ids how ids are read
     * @throws IOException to end the scan
     */
    default void names(ByteBuffer window, int from, int to, Ids ids) throws IOException {
        for (int at = from; at < to; ) {
            int body = at + HprofScanner.HEADER_BYTES;
            int length = window.getInt(at + HprofScanner.LENGTH_AT);
            utf8(ids.read(window, body), window, body + ids.bytes(), length - ids.bytes());
            at = body + length;
        }
    }

    /**
     * A class was loaded.
     *
     * @param serial serial number of the class
     * @param classId id of the class object
     * @param stackSerial serial number of the stack trace
     * @param nameId id of the name, internal form with slashes
     * @throws IOException to end the scan
     */
    default void loadClass(int serial, long classId, int stackSerial, long nameId) throws IOException {}

    /**
     * A frame of a stack trace.
     *
     * @param frameId id of the frame
     * @param methodNameId id of the method's name
     * @param signatureId id of the method's signature
     * @param sourceNameId id of the source file's name, 0 for none
     * @param classSerial serial number of the class
     * @param line line number, 0 or less where there is none
     * @throws IOException to end the scan
     */
    default void stackFrame(
            long frameId, long methodNameId, long signatureId, long sourceNameId, int classSerial, int line)
            throws IOException {}

    /**
     * A stack trace.
     *
     * @param serial serial number of the trace
     * @param threadSerial serial number of the thread, 0 for none
     * @param frameIds ids of the frames, innermost first
     * @throws IOException to end the scan
     */
    default void stackTrace(int serial, int threadSerial, long[] frameIds) throws IOException {}

    /**
     * A GC root.
     *
     * @param kind why the VM holds the object
     * @param id the object held
     * @param threadSerial serial number of the thread, 0 where the kind has none
     * @param detail frame number for frames and JNI locals, stack trace serial for threads, else -1
     * @throws IOException to end the scan
     */
    default void root(RootKind kind, long id, int threadSerial, int detail) throws IOException {}

    /**
     * A record of another kind, which is skipped.
     *
     * @param tag its kind
     * @param length bytes of its body
     * @param offset where the record starts in the file
     * @throws IOException to end the scan
     */
    default void otherRecord(int tag, long length, long offset) throws IOException {}

    /**
     * A value in the record of a class: of a static field or in the constant pool. Told before the class itself.
     *
     * @param classId the class
     * @param nameId id of the static field's name, 0 in the constant pool
     * @param type type code
     * @param window holds the value
     * @param at index of its first byte
     * @throws IOException to end the scan
     */
    default void classValue(long classId, long nameId, int type, ByteBuffer window, int at) throws IOException {}

    /**
     * What is known of a class from an earlier reading of the file, which saves the reading of its record; no values are told of it
     * then.
     *
     * @param classId the class
     * @return what {@link #classDump} was told, null as a rule
     */
    default @Nullable ClassDump known(long classId) {
        return null;
    }

    /**
     * A class.
     *
     * @param dump its description, the caller's to keep
     * @throws IOException to end the scan
     */
    default void classDump(ClassDump dump) throws IOException {}

    /**
     * The objects of a heap dump record or segment follow. Tells them one by one by {@link #instance}, {@link #objectArray},
     * {@link #primitiveArray} and {@link #elements}, unless a visitor reads them in a loop of its own, which saves the calls: one
     * or more of them, {@link HeapRecords#TOGETHER} at best, for it is called again until {@link HeapRecords#next} has said that there
     * are no more.
     *
     * @param heap the objects; tells roots and classes between them as it goes
     * @throws IOException to end the scan
     */
    default void objects(HeapRecords heap) throws IOException {
        heap.tell(this);
    }

    /**
     * An instance.
     *
     * @param id the object
     * @param classId its class
     * @param window holds the field values, the class's own fields first, then its super class's
     * @param at index of the first byte
     * @param length number of bytes
     * @param offset where the sub-record starts in the file
     * @throws IOException to end the scan
     */
    default void instance(long id, long classId, ByteBuffer window, int at, int length, long offset)
            throws IOException {}

    /**
     * An array of references.
     *
     * @param id the array
     * @param classId the array's class
     * @param length number of elements
     * @param offset where the sub-record starts in the file
     * @return whether the elements are wanted through {@link #elements}, which is then called at least once
     * @throws IOException to end the scan
     */
    default boolean objectArray(long id, long classId, int length, long offset) throws IOException {
        return false;
    }

    /**
     * An array of primitive values.
     *
     * @param id the array
     * @param type type code of its elements
     * @param length number of elements
     * @param offset where the sub-record starts in the file
     * @return whether the elements are wanted through {@link #elements}, which is then called at least once; of an array
     *     whose elements were left out of the dump with none
     * @throws IOException to end the scan
     */
    default boolean primitiveArray(long id, int type, int length, long offset) throws IOException {
        return false;
    }

    /**
     * Some elements of the array announced last, in order; a long array comes in several calls.
     *
     * @param window holds the elements
     * @param at index of the first byte
     * @param count number of elements in this call
     * @param last whether the array ends here
     * @throws IOException to end the scan
     */
    default void elements(ByteBuffer window, int at, int count, boolean last) throws IOException {}

    /**
     * One of several parts of a file begins that different visitors hear, see {@link HprofStretches}.
     *
     * @param index number of the part, from 0
     */
    default void stretch(int index) {}

    /**
     * Called a few times per megabyte; the place to report progress and, by an exception, to cancel.
     *
     * @param offset bytes of the (compressed) file read so far
     * @param fileBytes size of the file
     * @throws IOException to end the scan
     */
    default void progress(long offset, long fileBytes) throws IOException {}
}
