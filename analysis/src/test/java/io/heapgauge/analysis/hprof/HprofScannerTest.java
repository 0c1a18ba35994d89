/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import static io.heapgauge.analysis.fixture.FieldType.INT;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.layout.VmModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HprofScannerTest {
    @TempDir
    Path directory;

    private Path dump;

    @BeforeEach
    void nameDump() {
        dump = directory.resolve("test.hprof");
    }

    /** Everything that a scan tells, as lines. */
    private static class Recorder implements HprofVisitor {
        final List<String> heard = new ArrayList<>();
        private Ids ids = Ids.of(8);

        @Override
        public void header(HprofHeader header) {
            ids = header.ids();
        }

        @Override
        public void root(io.heapgauge.analysis.hprof.RootKind kind, long id, int threadSerial, int detail) {
            heard.add(kind + " " + Long.toHexString(id) + " " + threadSerial);
        }

        @Override
        public void classDump(ClassDump dump) {
            heard.add("class " + Long.toHexString(dump.id()));
        }

        @Override
        public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
            StringBuilder bytes = new StringBuilder();
            for (int i = 0; i < length; i++) {
                bytes.append(String.format("%02x", window.get(at + i)));
            }
            heard.add("instance " + Long.toHexString(id) + " of " + Long.toHexString(classId) + " " + bytes);
        }

        @Override
        public boolean objectArray(long id, long classId, int length, long offset) {
            heard.add("array " + Long.toHexString(id) + " " + length);
            return true;
        }

        @Override
        public boolean primitiveArray(long id, int type, int length, long offset) {
            heard.add(HprofType.name(type) + "[] " + Long.toHexString(id) + " " + length);
            return false;
        }

        @Override
        public void elements(ByteBuffer window, int at, int count, boolean last) {
            for (int i = 0; i < count; i++) {
                heard.add("  " + Long.toHexString(ids.read(window, at + i * ids.bytes())));
            }
            if (last) {
                heard.add("  end");
            }
        }
    }

    private List<String> scan() throws IOException {
        Recorder recorder = new Recorder();
        HprofScanner.scan(dump, recorder);
        return recorder.heard;
    }

    private static FixtureHeap heap(int idBytes) {
        FixtureHeap heap = new FixtureHeap(idBytes, VmModel.DEFAULT);
        heap.type("com.acme.A").field("next", OBJECT).field("count", INT);
        long a = heap.instance("com.acme.A", Map.of("count", 7));
        long b = heap.instance("com.acme.A", Map.of("next", a));
        heap.objectArray("com.acme.A[]", a, 0, b);
        heap.primitiveArray(FieldType.LONG, 5);
        long thread = heap.thread("main");
        for (io.heapgauge.analysis.fixture.RootKind kind : io.heapgauge.analysis.fixture.RootKind.values()) {
            switch (kind) {
                case JNI_LOCAL, JAVA_FRAME, NATIVE_STACK, THREAD_BLOCK -> heap.threadRoot(kind, thread, a);
                case THREAD_OBJECT -> heap.frameLocal(thread, b);
                default -> heap.root(kind, b);
            }
        }
        return heap;
    }

    @Test
    void every_form_of_the_file_says_the_same() throws IOException {
        heap(8).write(dump);
        List<String> segments = scan();
        assertThat(segments).contains("array 20000030 3", "  20000000", "  0", "  20000018", "  end");
        assertThat(segments).anyMatch(line -> line.startsWith("instance 20000000") && line.endsWith("00000007"));
        assertThat(segments).anyMatch(line -> line.equals("long[] 20000050 5"));
        assertThat(Arrays.stream(RootKind.values())
                        .filter(kind -> segments.stream().noneMatch(line -> line.startsWith(kind + " "))))
                .isEmpty();

        heap(8).oldFormat().write(dump);
        assertThat(scan()).isEqualTo(segments);
        heap(8).segmentBytes(40).write(dump);
        assertThat(scan()).isEqualTo(segments);
        heap(8).writer().writeGzip(dump);
        assertThat(scan()).isEqualTo(segments);
    }

    @Test
    void the_record_of_a_known_class_is_not_read_again() throws IOException {
        for (FixtureHeap heap : List.of(heap(8), heap(8).segmentBytes(40), heap(4).oldFormat())) {
            heap.type("com.acme.A").staticField("size", INT, 3);
            heap.write(dump);
            knowsClasses();
        }
        heap(8).writer().writeGzip(dump);
        knowsClasses();
    }

    private void knowsClasses() throws IOException {
        List<String> all = scan();
        Map<Long, ClassDump> known = new LinkedHashMap<>();
        HprofScanner.scan(dump, new HprofVisitor() {
            @Override
            public void classDump(ClassDump record) {
                known.put(record.id(), record);
            }
        });
        // what is known by the offset of another record is read all the same
        Iterator<ClassDump> any = known.values().iterator();
        ClassDump moved = any.next();
        known.put(moved.id(), any.next());
        List<ClassDump> told = new ArrayList<>();
        List<Long> withValues = new ArrayList<>();
        Recorder recorder = new Recorder() {
            @Override
            public ClassDump known(long classId) {
                return known.get(classId);
            }

            @Override
            public void classValue(long classId, long nameId, int type, ByteBuffer window, int at) {
                withValues.add(classId);
            }

            @Override
            public void classDump(ClassDump record) {
                told.add(record);
                super.classDump(record);
            }
        };
        HprofScanner.scan(dump, recorder);
        assertThat(recorder.heard).isEqualTo(all);
        assertThat(withValues).allMatch(id -> id == moved.id());
        assertThat(told).hasSameSizeAs(known.values()).allSatisfy(record -> {
            if (record.id() == moved.id()) {
                assertThat(record.offset()).isEqualTo(moved.offset());
                assertThat(record.end()).isEqualTo(moved.end());
            } else {
                assertThat(record).isSameAs(known.get(record.id()));
            }
        });
    }

    @Test
    void the_heap_can_be_read_without_what_stands_before_it() throws IOException {
        for (FixtureHeap heap : List.of(heap(8), heap(8).segmentBytes(40), heap(4).oldFormat())) {
            heap.write(dump);
            readsTheHeapAlone();
        }
        heap(8).writer().writeGzip(dump);
        readsTheHeapAlone();
    }

    private void readsTheHeapAlone() throws IOException {
        List<String> names = new ArrayList<>();
        long start = HprofScanner.prefix(dump, new HprofVisitor() {
            @Override
            public void utf8(long id, ByteBuffer window, int at, int length) {
                names.add(Long.toHexString(id));
            }

            @Override
            public boolean primitiveArray(long id, int type, int length, long offset) {
                throw new AssertionError("an object before the heap");
            }
        });
        assertThat(names).isNotEmpty();
        Recorder recorder = new Recorder() {
            @Override
            public void utf8(long id, ByteBuffer window, int at, int length) {
                heard.add("name " + Long.toHexString(id));
            }
        };
        HprofScanner.scan(dump, start, recorder);
        assertThat(recorder.heard).isEqualTo(scan());
    }

    @Test
    void a_dump_cut_before_or_behind_its_first_heap_record_is_refused() throws IOException {
        heap(8).write(dump);
        byte[] whole = Files.readAllBytes(dump);
        int start = (int) HprofScanner.prefix(dump, new HprofVisitor() {});
        for (int length : new int[] {start - 1, start, start + 1}) {
            Files.write(dump, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(HprofException.class)
                    .isThrownBy(() ->
                            HprofScanner.scan(dump, HprofScanner.prefix(dump, new HprofVisitor() {}), new Recorder()))
                    .withMessageContaining(length == start ? "without a heap dump record" : "truncated");
        }
        assertThatExceptionOfType(HprofException.class)
                .isThrownBy(() -> HprofScanner.scan(dump, whole.length, new Recorder()))
                .withMessageContaining("what stands before the heap");
    }

    @Test
    void four_byte_ids_are_read_unsigned() throws IOException {
        heap(4).write(dump);
        List<String> heard = scan();
        heap(8).write(dump);
        assertThat(heard.stream().filter(line -> !line.startsWith("instance")))
                .isEqualTo(scan().stream()
                        .filter(line -> !line.startsWith("instance"))
                        .toList());
        new HprofWriter(4)
                .header()
                .segment(out -> out.root(io.heapgauge.analysis.fixture.RootKind.UNKNOWN, 0xffff_fff8L))
                .end()
                .write(dump);
        assertThat(scan()).containsExactly("UNKNOWN fffffff8 0");
    }

    @Test
    void arrays_larger_than_the_window_come_in_pieces() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A");
        long a = heap.instance("com.acme.A");
        long[] many = new long[400_000];
        Arrays.fill(many, a);
        heap.objectArray("com.acme.A[]", many);
        heap.primitiveArray(FieldType.BYTE, 3_000_000);
        heap.root(io.heapgauge.analysis.fixture.RootKind.UNKNOWN, a);
        heap.write(dump);
        List<String> plain = scan();
        assertThat(plain.stream().filter(line -> line.equals("  " + Long.toHexString(a))))
                .hasSize(400_000);
        heap.writer().writeGzip(dump);
        assertThat(scan()).isEqualTo(plain);
    }

    @Test
    void work_can_rest_every_few_hundred_objects() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A");
        for (int i = 0; i < 50_000; i++) {
            heap.instance("com.acme.A");
        }
        heap.write(dump);
        List<Integer> objectsBetween = new ArrayList<>();
        HprofScanner.scan(dump, new HprofVisitor() {
            private int objects;

            @Override
            public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
                objects++;
            }

            @Override
            public void progress(long offset, long fileBytes) {
                objectsBetween.add(objects);
                objects = 0;
            }
        });
        assertThat(objectsBetween).hasSizeGreaterThan(20).allMatch(objects -> objects < 1_500);
    }

    @Test
    void unknown_records_and_empty_segments_are_skipped() throws IOException {
        HprofWriter writer = new HprofWriter(8).header();
        writer.record(0x77, writer.body().u8(1)).segment(out -> {});
        writer.segment(out -> out.root(io.heapgauge.analysis.fixture.RootKind.UNKNOWN, 0x10))
                .end();
        writer.write(dump);
        assertThat(scan()).containsExactly("UNKNOWN 10 0");
    }

    @Test
    void a_segment_whose_length_was_never_patched_reaches_to_the_next_record() throws IOException {
        HprofWriter writer = new HprofWriter(8).header();
        writer.record(
                HprofWriter.HEAP_DUMP_SEGMENT,
                0,
                writer.subRecords()
                        .root(io.heapgauge.analysis.fixture.RootKind.STICKY_CLASS, 0x10)
                        .raw());
        writer.segment(out -> out.root(io.heapgauge.analysis.fixture.RootKind.UNKNOWN, 0x18))
                .end();
        writer.write(dump);
        assertThat(scan()).containsExactly("STICKY_CLASS 10 0", "UNKNOWN 18 0");
    }

    @Test
    void a_dump_cut_anywhere_is_refused_with_the_offset() throws IOException {
        byte[] whole = heap(8).writer().toByteArray();
        for (int length = 0; length < whole.length; length++) {
            Files.write(dump, Arrays.copyOf(whole, length));
            HprofException refused = catchThrowableOfType(HprofException.class, this::scan);
            assertThat(refused)
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isNotNull();
            assertThat(refused.offset()).isBetween(0L, (long) length);
            assertThat(refused).hasMessageContaining("test.hprof").hasMessageContaining("offset");
        }
    }

    @Test
    void a_gzip_dump_cut_anywhere_is_refused() throws IOException {
        heap(8).writer().writeGzip(dump);
        byte[] whole = Files.readAllBytes(dump);
        for (int length = 0; length < whole.length; length++) {
            Files.write(dump, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(IOException.class)
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isThrownBy(this::scan)
                    .isInstanceOf(HprofException.class);
        }
    }

    @Test
    void what_is_no_dump_is_named() throws IOException {
        refuses(new byte[0], 0, "empty");
        refuses("hello, this is a log file\n".getBytes(), 0, "not an hprof file: it starts with 'h'");
        refuses("JAVA PROFILE 1.0.3\0        ".getBytes(), 0, "version 'JAVA PROFILE 1.0.3' is not supported");
        refuses(new HprofWriter(8).header("JAVA PROFILE 1.0.2", 5, 0).toByteArray(), 19, "id size 5");
        refuses(new HprofWriter(8).header().toByteArray(), 31, "without a heap dump");
    }

    @Test
    void lies_of_a_dump_are_told_with_their_offset() throws IOException {
        HprofWriter unknown = new HprofWriter(8).header();
        long at = unknown.offset() + 9;
        refuses(
                unknown.record(HprofWriter.HEAP_DUMP_SEGMENT, unknown.body().u1(0x42))
                        .toByteArray(),
                at,
                "unknown heap dump sub-record 0x42");
        HprofWriter tooLong = new HprofWriter(8).header();
        refuses(
                tooLong.segment(out -> out.instance(8, 16, 1_000_000_000, new byte[4]))
                        .toByteArray(),
                0,
                "corrupt");
        HprofWriter crossing = new HprofWriter(8).header();
        refuses(
                crossing.record(
                                HprofWriter.HEAP_DUMP_SEGMENT,
                                5,
                                crossing.subRecords()
                                        .root(io.heapgauge.analysis.fixture.RootKind.UNKNOWN, 8)
                                        .raw())
                        .end()
                        .toByteArray(),
                crossing.offset() - 9 - 4,
                "ends inside an object");
        HprofWriter noEnd = new HprofWriter(8).header().segment(out -> {});
        refuses(noEnd.toByteArray(), noEnd.offset(), "without its heap dump end record");
    }

    private void refuses(byte[] file, long offset, String why) throws IOException {
        Files.write(dump, file);
        HprofException refused = catchThrowableOfType(HprofException.class, this::scan);
        assertThat(refused).as(why).isNotNull().hasMessageContaining(why).hasMessageContaining("test.hprof");
        if (offset > 0) {
            assertThat(refused.offset()).as(why).isEqualTo(offset);
        }
    }
}
