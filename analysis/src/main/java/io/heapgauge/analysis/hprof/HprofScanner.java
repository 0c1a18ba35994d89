/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads an hprof file once from start to end and tells a {@link HprofVisitor} what is in it. Allocates nothing per object;
 * memory is one window of 256 KiB.
 *
 * <p>Understands {@code JAVA PROFILE 1.0.1} and {@code 1.0.2}, plain or gzip, id sizes 4 and 8, one heap dump record or
 * segments. Unknown records are skipped by their length; unknown sub-records have none and end the scan with an error.
 * Source of the layout: the heap dumper's own description of the format in OpenJDK's heapDumper.cpp.
 */
public final class HprofScanner {
    private static final String MAGIC = "JAVA PROFILE 1.0.";
    private static final int MAX_VERSION_BYTES = 32;

    static final int UTF8 = 0x01;
    static final int LOAD_CLASS = 0x02;
    static final int STACK_FRAME = 0x04;
    static final int STACK_TRACE = 0x05;
    static final int HEAP_DUMP = 0x0c;
    static final int HEAP_DUMP_SEGMENT = 0x1c;
    static final int HEAP_DUMP_END = 0x2c;
    /** A tag, a time and a length come before the body of a record. */
    public static final int HEADER_BYTES = 9;
    /** Where the length of the body is in it, four bytes. */
    public static final int LENGTH_AT = 5;

    private final Path file;
    private final HprofInput in;
    private final HprofVisitor visitor;
    private final HeapRecords segment;
    private final HprofHeader header;
    private final int idBytes;

    /** Of the record that is read: where it starts, what it is, and the length of its body. */
    private long offset;

    private int tag;
    private long length;

    HprofScanner(Path file, HprofInput in, HprofVisitor visitor) throws IOException {
        this.file = file;
        this.in = in;
        this.visitor = visitor;
        header = readHeader();
        idBytes = header.idBytes();
        segment = new HeapRecords(file, in, visitor, header.ids());
        visitor.header(header);
    }

    /**
     * Scans a file. What the visitor throws ends the scan.
     *
     * @param file an hprof file, plain or gzip
     * @param visitor hears the records
     * @throws HprofException if the file is no dump, is truncated or is corrupt
     * @throws IOException if the file cannot be read
     */
    public static void scan(Path file, HprofVisitor visitor) throws IOException {
        try (HprofInput in = new HprofInput(file, visitor)) {
            new HprofScanner(file, in, visitor).records();
        }
    }

    /**
     * Reads what stands before the heap: names, loaded classes, stack traces. Whoever reads a file several times needs it once.
     *
     * @param file an hprof file, plain or gzip
     * @param visitor hears the records
     * @return where the first heap dump record starts, or where the file ends if it has none
     * @throws HprofException if the file is no dump, is truncated or is corrupt
     * @throws IOException if the file cannot be read
     */
    public static long prefix(Path file, HprofVisitor visitor) throws IOException {
        try (HprofInput in = new HprofInput(file, visitor)) {
            HprofScanner scanner = new HprofScanner(file, in, visitor);
            scanner.recordsBeforeHeap();
            return in.offset();
        }
    }

    /**
     * Scans a file from a record on.
     *
     * @param file an hprof file, plain or gzip
     * @param start where that record starts, see {@link #prefix}
     * @param visitor hears the header, then the records
     * @throws HprofException if the file is truncated or corrupt
     * @throws IOException if the file cannot be read
     */
    public static void scan(Path file, long start, HprofVisitor visitor) throws IOException {
        try (HprofInput in = new HprofInput(file, visitor)) {
            HprofScanner scanner = new HprofScanner(file, in, visitor);
            in.skipTo(start, "what stands before the heap");
            scanner.records();
        }
    }

    /**
     * Scans a file and writes it again as it is read, uncompressed. The visitor may change the bytes that it is shown, in the
     * window and within the call; what it has left there is what is written.
     *
     * @param file an hprof file, plain or gzip
     * @param visitor hears the records
     * @param out gets every byte of the file in large pieces; left open
     * @throws HprofException if the file is no dump, is truncated or is corrupt; part of it has been written then
     * @throws IOException if the file cannot be read or the copy cannot be written
     */
    public static void rewrite(Path file, HprofVisitor visitor, WritableByteChannel out) throws IOException {
        try (HprofInput in = new HprofInput(file, visitor, out)) {
            // ends when there is nothing left to read, and whoever looks for more has written what was before
            new HprofScanner(file, in, visitor).records();
        }
    }

    /**
     * Reads only the header.
     *
     * @param file an hprof file, plain or gzip
     * @return its header
     * @throws HprofException if it is no dump
     * @throws IOException if the file cannot be read
     */
    public static HprofHeader header(Path file) throws IOException {
        HprofVisitor nobody = new HprofVisitor() {};
        try (HprofInput in = new HprofInput(file, nobody)) {
            return new HprofScanner(file, in, nobody).header;
        }
    }

    private HprofHeader readHeader() throws IOException {
        if (in.atEnd()) {
            throw new HprofException(file, 0, "the file is empty; was the capture interrupted?");
        }
        ByteBuffer window = in.window();
        StringBuilder version = new StringBuilder();
        for (int i = 0; i < MAX_VERSION_BYTES && in.available(1) == 1; i++) {
            int c = window.get(in.take(1, "the header"));
            if (c == 0) {
                break;
            }
            version.append((char) (c & 0xff));
            if (!MAGIC.startsWith(version.toString()) && !version.toString().startsWith(MAGIC)) {
                break;
            }
        }
        String text = version.toString();
        if (!text.equals(MAGIC + "1") && !text.equals(MAGIC + "2")) {
            throw new HprofException(file, 0, notADump(text));
        }
        int at = in.take(12, "the header");
        int size = window.getInt(at);
        if (size != 4 && size != 8) {
            throw new HprofException(file, in.offset() - 12, "id size " + size + " in the header; expected 4 or 8");
        }
        long epochMillis = window.getLong(at + 4);
        Ids brief = idsOfBriefDump(size);
        return new HprofHeader(text, brief == null ? Ids.of(size) : brief, epochMillis, brief != null);
    }

    /** Looks at the first record, which stays to be read. */
    private @Nullable Ids idsOfBriefDump(int bytes) throws IOException {
        int length = HEADER_BYTES + bytes + Ids.FORM_BYTES;
        if (!in.has(length)) {
            return null;
        }
        int at = in.take(length, "the first record");
        in.back(length);
        if ((in.window().get(at) & 0xff) != UTF8 || Ids.of(bytes).read(in.window(), at + HEADER_BYTES) != 0) {
            return null;
        }
        byte[] text = new byte[Ids.FORM_BYTES];
        in.window().get(at + length - text.length, text);
        return Ids.parse(new String(text, StandardCharsets.ISO_8859_1), bytes);
    }

    private static String notADump(String start) {
        if (start.startsWith(MAGIC)) {
            return "hprof version '" + printable(start) + "' is not supported; expected JAVA PROFILE 1.0.1 or 1.0.2";
        }
        return "not an hprof file: it starts with '" + printable(start) + "' instead of 'JAVA PROFILE 1.0.2'";
    }

    private static String printable(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            out.append(b >= 0x20 && b < 0x7f ? (char) b : '.');
        }
        return out.toString();
    }

    private void records() throws IOException {
        boolean sawDump = false;
        boolean needsEnd = false;
        while (!in.atEnd()) {
            record();
            sawDump |= isHeap(tag);
            needsEnd = tag == HEAP_DUMP_SEGMENT || needsEnd && tag != HEAP_DUMP && tag != HEAP_DUMP_END;
        }
        if (!sawDump) {
            throw new HprofException(file, in.offset(), "the file ends without a heap dump record; nothing to analyse");
        }
        if (needsEnd) {
            throw new HprofException(
                    file,
                    in.offset(),
                    "the file ends without its heap dump end record: the dump is truncated; capture it again");
        }
    }

    /** Reads on to an offset at which a record starts. */
    void readUpTo(long end) throws IOException {
        while (in.offset() < end) {
            record();
        }
    }

    /** A loop of its own, lest it be compiled with all that is done with a heap, which never comes here. */
    private void recordsBeforeHeap() throws IOException {
        names();
        while (!in.atEnd()) {
            takeHeader();
            if (isHeap(tag)) {
                in.back(HEADER_BYTES);
                return;
            }
            beside();
            names();
        }
    }

    /** Names are most of what stands before the heap: those that lie in the window, as far as they come without another record. */
    private void names() throws IOException {
        ByteBuffer window = in.window();
        int limit = in.limit();
        int from = in.index();
        int to = from;
        while (limit - to > HEADER_BYTES && window.get(to) == UTF8) {
            int bytes = window.getInt(to + LENGTH_AT);
            if (bytes < idBytes || bytes > limit - to - HEADER_BYTES) {
                break;
            }
            to += HEADER_BYTES + bytes;
        }
        if (to > from) {
            visitor.names(window, from, to, header.ids());
            in.moveTo(to);
        }
    }

    private void record() throws IOException {
        takeHeader();
        if (isHeap(tag)) {
            heap();
        } else {
            beside();
        }
    }

    private void takeHeader() throws IOException {
        offset = in.offset();
        int at = in.take(HEADER_BYTES, "a record header");
        tag = in.window().get(at) & 0xff;
        length = in.window().getInt(at + LENGTH_AT) & 0xffff_ffffL;
    }

    static boolean isHeap(int tag) {
        return tag == HEAP_DUMP || tag == HEAP_DUMP_SEGMENT;
    }

    /** A record that is no part of the heap. */
    private void beside() throws IOException {
        switch (tag) {
            case UTF8 -> utf8();
            case LOAD_CLASS -> loadClass();
            case STACK_FRAME -> stackFrame();
            case STACK_TRACE -> stackTrace();
            case HEAP_DUMP_END -> in.skip(length, "the end of the heap dump");
            default -> {
                visitor.otherRecord(tag, length, offset);
                in.skip(length, "a record with tag 0x" + Integer.toHexString(tag));
            }
        }
    }

    /**
     * A length of 0 is what a dumper leaves that could not go back to patch it: then everything up to the next record
     * that can follow a segment belongs to it.
     */
    private void heap() throws IOException {
        if (length > 0) {
            segment.read(offset, length);
        } else {
            segment.readUntilRecord();
        }
    }

    private void utf8() throws IOException {
        if (length < idBytes) {
            throw tooShort("name");
        }
        int at = in.take(checkedLength(), "a name");
        visitor.utf8(id(at), in.window(), at + idBytes, (int) length - idBytes);
    }

    private void loadClass() throws IOException {
        if (length < 8 + 2L * idBytes) {
            throw tooShort("loaded class");
        }
        ByteBuffer window = in.window();
        int at = in.take(checkedLength(), "a loaded class");
        visitor.loadClass(window.getInt(at), id(at + 4), window.getInt(at + 4 + idBytes), id(at + 8 + idBytes));
    }

    private void stackFrame() throws IOException {
        if (length < 8 + 4L * idBytes) {
            throw tooShort("stack frame");
        }
        ByteBuffer window = in.window();
        int at = in.take(checkedLength(), "a stack frame");
        visitor.stackFrame(
                id(at),
                id(at + idBytes),
                id(at + 2 * idBytes),
                id(at + 3 * idBytes),
                window.getInt(at + 4 * idBytes),
                window.getInt(at + 4 * idBytes + 4));
    }

    private void stackTrace() throws IOException {
        if (length < 12) {
            throw tooShort("stack trace");
        }
        ByteBuffer window = in.window();
        int at = in.take(checkedLength(), "a stack trace");
        int count = window.getInt(at + 8);
        if (count < 0 || 12 + (long) count * idBytes > length) {
            throw new HprofException(
                    file, offset, "a stack trace of " + length + " bytes claims " + count + " frames; it is corrupt");
        }
        long[] frames = new long[count];
        for (int i = 0; i < count; i++) {
            frames[i] = id(at + 12 + i * idBytes);
        }
        visitor.stackTrace(window.getInt(at), window.getInt(at + 4), frames);
    }

    private int checkedLength() throws HprofException {
        if (length > 1 << 20) {
            throw new HprofException(
                    file, offset, "a record of " + length + " bytes where a few are usual; it is corrupt");
        }
        return (int) length;
    }

    private HprofException tooShort(String what) {
        return new HprofException(
                file, offset, "a " + what + " record of only " + length + " bytes; the dump is corrupt");
    }

    private long id(int at) {
        return header.ids().read(in.window(), at);
    }
}
