/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The objects of a heap dump record or segment, one after the other; GC roots and classes between them go to the visitor.
 *
 * <p>{@link #next} moves to an object, whose parts are then told until the next call. A reader asks in a loop of its own, see
 * {@link HprofVisitor#objects}: what is called for every object is compiled into that loop then, apart from what other readers
 * of the same process do.
 *
 * <p>For one thread.
 */
public final class HeapRecords {
    /** {@link #kind} of an instance. */
    public static final int INSTANCE = 0x21;
    /** {@link #kind} of an array of references. */
    public static final int OBJECT_ARRAY = 0x22;
    /** {@link #kind} of an array of primitive values. */
    public static final int PRIMITIVE_ARRAY = 0x23;
    /** An array without its elements, whose sub-record Android's virtual machine brought into the format. */
    private static final int PRIMITIVE_ARRAY_NODATA = 0xc3;
    /** In place of a tag at the end. */
    private static final int NOTHING = -1;

    /**
     * As many as a reader may ask for in one call of {@link HprofVisitor#objects}. So few that the VM compiles the whole of such
     * a method by the number of its calls before it would compile its loop by itself, and again for each way into it.
     */
    public static final int TOGETHER = 32;

    private static final String SEGMENT = "a heap dump segment";

    private final Path file;
    private final HprofInput in;
    private final HprofVisitor visitor;
    private final RareRecords rare;
    private final Ids ids;
    private final int idBytes;
    /** The tag and all that comes before the contents of an object, save that an array of primitive values has less. */
    private final int headBytes;

    private final ByteBuffer window;

    /** Where the segment ends; of one without a length the largest of all numbers. */
    private long end;

    /** Whether {@link #next} has found no more. */
    private boolean over;

    private int kind;
    private long offset;
    private long id;
    private long classId;
    private int elementType;
    private int length;
    /** Of an instance: where its values are in the window; of an array: where the elements asked for last are. */
    private int at;
    /** Bytes of it that the input has not moved over. */
    private long unread;
    /** Elements that have not been asked for. */
    private int elementsLeft;
    /** Size of each. */
    private int elementBytes;

    HeapRecords(Path file, HprofInput in, HprofVisitor visitor, Ids ids) {
        this.file = file;
        this.in = in;
        this.visitor = visitor;
        this.ids = ids;
        rare = new RareRecords(file, in, visitor, ids);
        idBytes = ids.bytes();
        headBytes = 9 + 2 * idBytes;
        window = in.window();
    }

    /**
     * Reads sub-records that fill exactly the given length.
     *
     * @param recordOffset where the record's header starts, for errors
     * @param bytes length of all of them
     */
    void read(long recordOffset, long bytes) throws IOException {
        end = in.offset() + bytes;
        tellObjects();
        if (in.offset() != end) {
            throw new HprofException(
                    file,
                    end,
                    "the segment that starts at offset " + recordOffset + " with " + bytes
                            + " bytes ends inside an object; the dump is corrupt");
        }
    }

    /** Reads sub-records up to the end of the file or a record that can follow a segment. */
    void readUntilRecord() throws IOException {
        end = Long.MAX_VALUE;
        tellObjects();
    }

    private void tellObjects() throws IOException {
        over = false;
        while (!over) {
            visitor.objects(this);
        }
    }

    /**
     * Moves to the next object.
     *
     * @return false where the segment has no more
     * @throws HprofException if the file is truncated or corrupt here
     * @throws IOException if the file cannot be read, or as the visitor throws at a root or class
     */
    public boolean next() throws IOException {
        // one store of where the input is, for what stands in memory is waited for by all that follows
        int start = in.limit() - in.index() - headBytes >= unread ? in.index() + (int) unread : gather();
        takeTag(start);
        if (!isObject()) {
            if (!passOthers(start)) {
                over = true;
                return false;
            }
            start = gather();
        }
        // what the kinds have in common is written once: it is compiled into the loop of every reader
        int body = start + (kind < PRIMITIVE_ARRAY ? headBytes : 10 + idBytes);
        if (in.limit() < body) {
            throw ended(start + 1, body - start - 1);
        }
        id = ids.read(window, start + 1);
        if (kind == INSTANCE) {
            classId = ids.read(window, start + 5 + idBytes);
            length = notNegative(window.getInt(start + 5 + 2 * idBytes));
            unread = length;
            at = length <= in.limit() - body ? body : gatherValues(body);
            in.moveTo(at);
        } else {
            array(start + 5 + idBytes);
            in.moveTo(body);
        }
        return true;
    }

    private void array(int lengthAt) throws HprofException {
        length = notNegative(window.getInt(lengthAt));
        elementsLeft = length;
        if (kind == OBJECT_ARRAY) {
            classId = ids.read(window, lengthAt + 4);
            elementBytes = idBytes;
        } else {
            primitiveArray(window.get(lengthAt + 4));
        }
        unread = (long) elementsLeft * elementBytes;
    }

    /** Moves over what was not asked for of the object before, and brings the head of the next one into the window. */
    private int gather() throws IOException {
        in.skip(unread, what());
        unread = 0;
        in.has(headBytes); // if not, the file ends, maybe with a smaller one
        return in.index();
    }

    private int gatherValues(int body) throws IOException {
        in.moveTo(body);
        if (!in.has(length)) {
            throw ended(body, length);
        }
        return in.index();
    }

    private HprofException ended(int index, int bytes) {
        in.moveTo(Math.min(index, in.limit()));
        return in.ended(bytes, what());
    }

    private void takeTag(int index) {
        offset = in.offsetOf(index);
        kind = offset < end && index < in.limit() ? window.get(index) & 0xff : NOTHING;
    }

    private boolean isObject() {
        return kind >= INSTANCE && kind <= PRIMITIVE_ARRAY || kind == PRIMITIVE_ARRAY_NODATA;
    }

    /**
     * Reads what is before the next object, of which there is none as a rule. A loop of its own for what a dump begins with, lest
     * it be compiled as what a dump is full of.
     */
    private boolean passOthers(int start) throws IOException {
        in.moveTo(start);
        unread = 0;
        while (!isObject()) {
            if (kind == NOTHING) {
                if (offset < end && end != Long.MAX_VALUE) {
                    in.take(1, SEGMENT); // only a segment without a length may end where the file does
                }
                return false;
            }
            if (end == Long.MAX_VALUE && RareRecords.endsSegment(kind)) {
                return false;
            }
            in.take(1, SEGMENT);
            rare.read(kind, offset);
            in.has(1);
            takeTag(in.index());
        }
        return true;
    }

    private void primitiveArray(int type) throws HprofException {
        elementType = type;
        elementBytes = HprofType.primitiveBytes(type);
        if (elementBytes == 0) {
            throw new HprofException(file, offset, "a primitive array of unknown element type " + type);
        }
        if (kind == PRIMITIVE_ARRAY_NODATA) {
            kind = PRIMITIVE_ARRAY;
            elementsLeft = 0;
        }
    }

    private int notNegative(int length) throws HprofException {
        if (length < 0) {
            throw new HprofException(file, offset, what() + " of length " + length + "; the dump is corrupt");
        }
        return length;
    }

    private String what() {
        return switch (kind) {
            case INSTANCE -> "an instance";
            case OBJECT_ARRAY -> "an object array";
            default -> "a primitive array";
        };
    }

    /**
     * Brings the next elements of an array into the window; what is not asked for is skipped.
     *
     * @param most how many at the most, at least 1
     * @return how many are at {@link #at} now, 0 behind the last ones
     * @throws IOException if the file cannot be read or ends inside the array
     */
    public int elements(int most) throws IOException {
        if (elementsLeft == 0) {
            return 0;
        }
        int wanted = Math.min(elementsLeft, most);
        int count = Math.max(1, Math.min(wanted, in.available(Integer.MAX_VALUE) / elementBytes));
        at = in.take(count * elementBytes, what());
        elementsLeft -= count;
        unread -= (long) count * elementBytes;
        return count;
    }

    /** Tells a visitor, object by object. */
    void tell(HprofVisitor to) throws IOException {
        while (next()) {
            boolean wantsElements = false;
            switch (kind) {
                case INSTANCE -> to.instance(id, classId, window, at, length, offset);
                case OBJECT_ARRAY -> wantsElements = to.objectArray(id, classId, length, offset);
                default -> wantsElements = to.primitiveArray(id, elementType, length, offset);
            }
            if (wantsElements) {
                do {
                    int count = elements(Integer.MAX_VALUE);
                    to.elements(window, at, count, elementsLeft == 0);
                } while (elementsLeft > 0);
            }
        }
    }

    /**
     * What the object is.
     *
     * @return {@link #INSTANCE}, {@link #OBJECT_ARRAY} or {@link #PRIMITIVE_ARRAY}
     */
    public int kind() {
        return kind;
    }

    /**
     * The object.
     *
     * @return its id
     */
    public long id() {
        return id;
    }

    /**
     * The class of an instance or of an array of references.
     *
     * @return the id of the class
     */
    public long classId() {
        return classId;
    }

    /**
     * The type of the elements of an array of primitive values.
     *
     * @return type code, see {@link HprofType}
     */
    public int elementType() {
        return elementType;
    }

    /**
     * How long the object is.
     *
     * @return bytes of an instance's field values, which fit the window; elements of an array, whether the dump has them or not
     */
    public int length() {
        return length;
    }

    /**
     * Where the sub-record starts.
     *
     * @return offset in the (uncompressed) file
     */
    public long offset() {
        return offset;
    }

    /**
     * What holds the values.
     *
     * @return big-endian bytes, the same buffer throughout; valid until the next call of {@link #next} or {@link #elements}
     */
    public ByteBuffer window() {
        return window;
    }

    /**
     * Where the values are.
     *
     * @return index in the window of an instance's first value, its own class's fields first; of an array that of the first
     *     element that {@link #elements} brought
     */
    public int at() {
        return at;
    }
}
