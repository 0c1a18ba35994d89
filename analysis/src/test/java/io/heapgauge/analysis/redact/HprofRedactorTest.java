/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import static io.heapgauge.analysis.fixture.FieldType.BOOLEAN;
import static io.heapgauge.analysis.fixture.FieldType.BYTE;
import static io.heapgauge.analysis.fixture.FieldType.CHAR;
import static io.heapgauge.analysis.fixture.FieldType.DOUBLE;
import static io.heapgauge.analysis.fixture.FieldType.FLOAT;
import static io.heapgauge.analysis.fixture.FieldType.INT;
import static io.heapgauge.analysis.fixture.FieldType.LONG;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;
import static io.heapgauge.analysis.fixture.FieldType.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.HprofBytes;
import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.fixture.SubRecords;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HprofRedactorTest {
    private static final RedactionRules STANDARD = RedactionRules.standard();
    /** Every value of each type: no byte of it is zero. */
    private static final Map<FieldType, Object> VALUES = Map.of(
            BOOLEAN,
            (byte) 1,
            BYTE,
            (byte) 0x5a,
            CHAR,
            '\u5a5b',
            SHORT,
            (short) 0x5a5b,
            INT,
            0x5a5b_5c5d,
            LONG,
            0x5a5b_5c5d_5e5f_6061L,
            FLOAT,
            Float.intBitsToFloat(0x5a5b_5c5d),
            DOUBLE,
            Double.longBitsToDouble(0x5a5b_5c5d_5e5f_6061L));

    @TempDir
    private Path directory;

    private Path in;
    private Path out;

    @BeforeEach
    void nameFiles() {
        in = directory.resolve("in.hprof");
        out = directory.resolve("out.hprof");
    }

    /** A heap that has a value of every type everywhere, or zero everywhere. */
    private static FixtureHeap heap(int idBytes, boolean values) {
        FixtureHeap heap = new FixtureHeap(idBytes, VmModel.DEFAULT);
        var type = heap.type("com.acme.All").field("next", OBJECT);
        Map<String, Object> fields = new LinkedHashMap<>();
        VALUES.forEach((kind, value) -> {
            type.field("a" + kind, kind);
            type.staticField("S" + kind, kind, values ? value : zero(kind));
            fields.put("a" + kind, values ? value : zero(kind));
        });
        type.staticField("SELF", OBJECT);
        heap.type("com.acme.Sub").extending("com.acme.All").field("own", LONG).field("other", OBJECT);
        long all = heap.instance("com.acme.All", fields);
        fields.put("own", values ? 0x0102_0304_0506_0708L : 0L);
        fields.put("other", all);
        fields.put("next", all);
        long sub = heap.instance("com.acme.Sub", fields);
        heap.set(all, "next", sub);
        type.set("SELF", sub);
        for (FieldType kind : FieldType.values()) {
            if (kind != OBJECT) {
                byte[] content = new byte[11 * bytes(kind)];
                Arrays.fill(content, (byte) (values ? 0x77 : 0));
                heap.primitiveArray(kind, 11, content);
            }
        }
        heap.objectArray("com.acme.All[]", all, 0, sub);
        heap.root(RootKind.JNI_GLOBAL, sub);
        heap.frameLocal(heap.thread(values ? "secret" : "\0\0\0\0\0\0"), all);
        return heap;
    }

    private static int bytes(FieldType kind) {
        return switch (kind) {
            case BOOLEAN, BYTE -> 1;
            case CHAR, SHORT -> 2;
            case INT, FLOAT -> 4;
            default -> 8;
        };
    }

    private static Object zero(FieldType kind) {
        return switch (kind) {
            case BOOLEAN, BYTE -> (byte) 0;
            case CHAR -> '\0';
            case SHORT -> (short) 0;
            case INT -> 0;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            default -> 0L;
        };
    }

    private RedactionSummary redact() throws IOException {
        return HprofRedactor.redact(in, out, STANDARD, Monitor.NONE);
    }

    private RedactionSummary redact(String... keep) throws IOException {
        RedactionRules rules =
                STANDARD.keeping(Stream.of(keep).map(KeptField::parse).toList());
        return HprofRedactor.redact(in, out, rules, Monitor.NONE);
    }

    private byte[] redacted(HprofWriter writer) throws IOException {
        writer.write(in);
        redact();
        return Files.readAllBytes(out);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void every_value_becomes_zero_and_every_other_byte_stays(int idBytes) throws IOException {
        assertThat(redacted(heap(idBytes, true).writer()))
                .isEqualTo(heap(idBytes, false).writer().toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void one_heap_dump_record_of_old_tools_is_redacted_as_well(int idBytes) throws IOException {
        assertThat(redacted(heap(idBytes, true).oldFormat().writer()))
                .isEqualTo(heap(idBytes, false).oldFormat().writer().toByteArray());
    }

    @Test
    void a_gzip_file_gives_the_same_as_a_plain_one() throws IOException {
        heap(8, true).writer().writeGzip(in);
        redact();
        assertThat(Files.readAllBytes(out)).isEqualTo(heap(8, false).writer().toByteArray());
    }

    @Test
    void zeros_stay_zeros_whatever_the_order_of_objects() throws IOException {
        assertThat(redacted(heap(8, true).shuffled(3).segmentBytes(50).writer()))
                .isEqualTo(heap(8, false).shuffled(3).segmentBytes(50).writer().toByteArray());
    }

    @ParameterizedTest
    @EnumSource(
            value = FieldType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OBJECT"})
    void arrays_longer_than_the_window_become_zero_to_their_last_byte(FieldType kind) throws IOException {
        int length = (3 << 20) / bytes(kind) + 1;
        byte[] content = new byte[length * bytes(kind)];
        Arrays.fill(content, (byte) 0x77);
        FixtureHeap heap = new FixtureHeap();
        heap.primitiveArray(kind, length, content);
        FixtureHeap zeros = new FixtureHeap();
        zeros.primitiveArray(kind, length);
        heap.write(in);
        assertThat(redact().arrayBytes()).isEqualTo(content.length);
        assertThat(Arrays.equals(Files.readAllBytes(out), zeros.writer().toByteArray()))
                .isTrue();
    }

    @Test
    void the_summary_counts_what_was_zeroed_and_kept() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A").field("a", INT).field("b", LONG).staticField("C", INT, 7);
        heap.instance("com.acme.A", Map.of("a", 1));
        heap.instance("com.acme.A");
        heap.primitiveArray(INT, 5);
        heap.primitiveArray(LONG, 0);
        heap.write(in);
        RedactionSummary summary = redact("com.acme.A#b", "com.acme.A#none", "com.acme.None#b");
        // the clock of SoftReference is a static field of every fixture
        assertThat(summary)
                .isEqualTo(new RedactionSummary(
                        2,
                        20,
                        0,
                        2 + 2,
                        2,
                        0,
                        Files.size(in),
                        List.of(KeptField.parse("com.acme.A#none"), KeptField.parse("com.acme.None#b"))));
    }

    @Test
    void fields_of_the_rules_stay_instance_and_static_in_sub_classes_too() throws IOException {
        byte[] before = values();
        redact("com.acme.A#a", "com.acme.A#S");
        assertThat(Files.readAllBytes(out)).isEqualTo(before);
    }

    private byte[] values() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A").field("a", INT).staticField("S", INT, 8);
        heap.type("com.acme.B").extending("com.acme.A").field("a", INT);
        heap.instance("com.acme.B", Map.of("com.acme.A#a", 9));
        heap.write(in);
        return Files.readAllBytes(in);
    }

    @Test
    void a_rule_is_for_the_class_that_declares_the_field_and_no_other() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A").field("a", INT);
        heap.type("com.acme.B").extending("com.acme.A").field("a", INT);
        heap.instance("com.acme.B", Map.of("com.acme.A#a", 0x0aaaaaaa, "com.acme.B#a", 0x0bbbbbbb));
        heap.write(in);
        redact("com.acme.B#a");
        assertThat(hex(out)).contains("0bbbbbbb").doesNotContain("0aaaaaaa");
    }

    @Test
    void sizes_of_the_jdk_stay_and_their_neighbours_go() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("java.util.HashMap").field("size", INT).field("modCount", INT);
        heap.type("com.acme.Account").field("size", INT);
        heap.instance("java.util.HashMap", Map.of("size", 0x0aaaaaaa, "modCount", 0x0bbbbbbb));
        heap.instance("com.acme.Account", Map.of("size", 0x0ccccccc));
        heap.write(in);
        redact();
        assertThat(hex(out)).contains("0aaaaaaa").doesNotContain("0bbbbbbb").doesNotContain("0ccccccc");
    }

    @Test
    void of_an_address_of_zlib_stays_whether_there_is_one() throws IOException {
        FixtureHeap heap = streams(0x7fff_1234_5678L, 0L);
        FixtureHeap expected = streams(1L, 0L);
        assertThat(redacted(heap.writer())).isEqualTo(expected.writer().toByteArray());
    }

    private static FixtureHeap streams(long... addresses) {
        FixtureHeap heap = new FixtureHeap();
        String stream = "java.util.zip.Inflater$InflaterZStreamRef";
        heap.type(stream).field("address", LONG);
        for (long address : addresses) {
            heap.instance(stream, Map.of("address", address));
        }
        return heap;
    }

    @Test
    void a_name_that_nothing_bears_is_masked() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.write(in);
        byte[] plain = Files.readAllBytes(in);
        HprofWriter literal = new HprofWriter(8).utf8(0x1234, "password1");
        int header = "JAVA PROFILE 1.0.2".length() + 1 + 12;
        Files.write(in, joined(plain, header, literal.toByteArray()));
        assertThat(redact().names()).isEqualTo(1);
        byte[] masked = new HprofWriter(8).utf8(0x1234, "*********").toByteArray();
        assertThat(Files.readAllBytes(out)).isEqualTo(joined(plain, header, masked));
    }

    private static byte[] joined(byte[] plain, int at, byte[] inserted) {
        return new HprofBytes(8)
                .bytes(Arrays.copyOf(plain, at))
                .bytes(inserted)
                .bytes(Arrays.copyOfRange(plain, at, plain.length))
                .toByteArray();
    }

    /** A class that is told of behind its instance, with a constant pool, and names at the very end. */
    private static HprofWriter backwards(boolean values, int saidLength) {
        HprofWriter writer = new HprofWriter(8).header();
        SubRecords body = writer.subRecords()
                .instance(0x100, 0x10, (byte) 0, (byte) 0, (byte) 0, (byte) (values ? 5 : 0))
                .classDump(
                        0x10,
                        0,
                        0,
                        4,
                        List.of(new SubRecords.Static(3, LONG, values ? 0x1234L : 0L)),
                        List.of(new SubRecords.Static(1, SHORT, (short) (values ? 99 : 0))),
                        List.of(new SubRecords.Field(2, INT)));
        writer.record(HprofWriter.HEAP_DUMP_SEGMENT, saidLength < 0 ? body.size() : saidLength, body.raw());
        return writer.loadClass(1, 0x10, 3)
                .utf8(1, "S")
                .utf8(2, "i")
                .utf8(3, "A")
                .end();
    }

    @Test
    void classes_may_come_behind_their_instances_and_names_behind_both() throws IOException {
        assertThat(redacted(backwards(true, -1))).isEqualTo(backwards(false, -1).toByteArray());
    }

    @Test
    void a_segment_without_a_length_ends_where_the_next_record_starts() throws IOException {
        Consumer<SubRecords> ends = body -> body.root(RootKind.UNKNOWN, 0x100);
        HprofWriter writer = zeroLength(true).segment(ends).end();
        assertThat(redacted(writer))
                .isEqualTo(zeroLength(false).segment(ends).end().toByteArray());
    }

    private static HprofWriter zeroLength(boolean values) {
        HprofWriter writer =
                new HprofWriter(8).header().utf8(2, "i").utf8(3, "A").loadClass(1, 0x10, 3);
        SubRecords body = writer.subRecords()
                .classDump(0x10, 0, 0, List.of(), List.of(new SubRecords.Field(2, INT)))
                .instance(0x100, 0x10, (byte) 0, (byte) 0, (byte) 0, (byte) (values ? 5 : 0))
                .primitiveArray(0x200, BYTE, 2, new byte[] {(byte) (values ? 6 : 0), (byte) (values ? 7 : 0)});
        return writer.record(HprofWriter.HEAP_DUMP_SEGMENT, 0, body.raw());
    }

    @Test
    void an_instance_without_a_class_or_with_other_fields_ends_it_without_a_file() throws IOException {
        new HprofWriter(8)
                .header()
                .segment(body -> body.instance(0x100, 0x10, new byte[4]))
                .end()
                .write(in);
        assertThatThrownBy(this::redact)
                .isInstanceOf(HprofException.class)
                .hasMessageContaining("class 0x10, which is not in the dump");
        assertOnlyTheDump();
        new HprofWriter(8)
                .header()
                .segment(body -> body.classDump(0x10, 0, 0, List.of(), List.of(new SubRecords.Field(2, INT)))
                        .instance(0x100, 0x10, new byte[5]))
                .end()
                .write(in);
        assertThatThrownBy(this::redact)
                .isInstanceOf(HprofException.class)
                .hasMessageContaining("5 bytes of fields where its class has 4");
        assertOnlyTheDump();
    }

    @Test
    void a_record_of_an_unknown_tag_ends_it_without_a_file() throws IOException {
        HprofWriter writer = new FixtureHeap().writer();
        long offset = writer.offset();
        writer.record(0x55, writer.body().u4(7)).write(in);
        assertThatThrownBy(this::redact)
                .isInstanceOfSatisfying(
                        HprofException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining("unknown tag 0x55");
        assertOnlyTheDump();
    }

    private void assertOnlyTheDump() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(in);
        }
    }

    private static String hex(Path file) throws IOException {
        return java.util.HexFormat.of().formatHex(Files.readAllBytes(file));
    }
}
