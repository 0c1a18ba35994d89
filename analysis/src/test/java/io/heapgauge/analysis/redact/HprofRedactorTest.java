/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.oracle.RandomHeap;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HprofRedactorTest {
    private static final int HEAPS = 300;
    private static final int MUTATIONS = 500;

    /** A value per primitive type whose bytes are all unlike zero. */
    private static final Map<FieldType, Object> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put(FieldType.BOOLEAN, true);
        VALUES.put(FieldType.CHAR, '\u1234');
        VALUES.put(FieldType.FLOAT, Float.intBitsToFloat(0x11223344));
        VALUES.put(FieldType.DOUBLE, Double.longBitsToDouble(0x1122334455667788L));
        VALUES.put(FieldType.BYTE, (byte) 0x11);
        VALUES.put(FieldType.SHORT, (short) 0x1122);
        VALUES.put(FieldType.INT, 0x11223344);
        VALUES.put(FieldType.LONG, 0x1122334455667788L);
    }

    @TempDir
    Path directory;

    private Path redacted() {
        return directory.resolve("redacted.hprof");
    }

    private RedactionSummary redact(Path dump, FieldRule... kept) throws IOException {
        Files.deleteIfExists(redacted());
        return HprofRedactor.redact(dump, redacted(), KeptFields.DEFAULT.plus(List.of(kept)), Monitor.NONE);
    }

    private static HeapReport analyze(Path dump, List<RootDefinition> roots) throws IOException {
        CaptureFacts facts = new CaptureFacts(
                "test", "file", Trigger.API, null, Instant.EPOCH, 0, 0, PauseSource.UNKNOWN, 0, null, JvmFacts.UNKNOWN);
        return HeapAnalyzer.analyze(
                dump,
                facts,
                AnalysisRequest.builder()
                        .roots(roots)
                        .vmModel(VmModel.DEFAULT)
                        .directScratch()
                        .build());
    }

    @Test
    void counts_and_sizes_of_random_heaps_stay_and_what_differs_is_zero() throws IOException {
        int registered = 0;
        for (int seed = 0; seed < HEAPS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            RedactionSummary summary = redact(dump);
            // the names of threads are contents
            List<RootDefinition> roots = random.roots.stream()
                    .filter(root -> !(root.spec() instanceof RootSpec.ThreadNamed))
                    .map(root -> new RootDefinition(root.name(), root.spec(), List.of()))
                    .toList();
            HeapReport before = analyze(dump, roots);
            HeapReport after = analyze(redacted(), roots);
            assertThat(after.types()).as("seed " + seed).isEqualTo(before.types());
            assertThat(after.totals()).as("seed " + seed).isEqualTo(before.totals());
            assertThat(after.roots()).as("seed " + seed).isEqualTo(before.roots());
            assertThat(after.retainers()).as("seed " + seed).isEqualTo(before.retainers());
            assertThat(summary.bytes()).isEqualTo(Files.size(dump));
            onlyZeroesDiffer(Files.readAllBytes(dump), Files.readAllBytes(redacted()));
            registered += (int) summary.keptArrays();
        }
        assertThat(registered).as("names of registered roots").isGreaterThan(HEAPS / 2);
    }

    private static void onlyZeroesDiffer(byte[] before, byte[] after) {
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                assertThat(after[i]).as("byte " + i).isZero();
            }
        }
    }

    /** Values of a dump: instance fields in order, static fields in order, array elements, by id. */
    private static Map<Long, List<Byte>> contents(Path dump, int idBytes) throws IOException {
        Map<Long, List<Byte>> contents = new HashMap<>();
        HprofScanner.scan(dump, new HprofVisitor() {
            private long array;

            @Override
            public void classDump(ClassDump dump) {
                ByteBuffer values = ByteBuffer.allocate(dump.staticValues().length * Long.BYTES);
                Arrays.stream(dump.staticValues()).forEach(values::putLong);
                contents.put(dump.id(), bytes(values, 0, values.capacity()));
            }

            @Override
            public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
                contents.put(id, bytes(window, at, length));
            }

            @Override
            public boolean primitiveArray(long id, int type, int length, long offset) {
                array = id;
                contents.put(id, new ArrayList<>());
                width = io.heapgauge.analysis.hprof.HprofType.primitiveBytes(type);
                return true;
            }

            private int width;

            @Override
            public void elements(ByteBuffer window, int at, int count, boolean last) {
                contents.get(array).addAll(bytes(window, at, count * width));
            }
        });
        return contents;
    }

    private static List<Byte> bytes(ByteBuffer window, int at, int length) {
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            bytes.add(window.get(at + i));
        }
        return bytes;
    }

    private static FixtureHeap everyType(int idBytes) {
        FixtureHeap heap = new FixtureHeap(idBytes, VmModel.DEFAULT);
        var type = heap.type("com.acme.Secret").field("before", FieldType.OBJECT);
        VALUES.forEach((kind, value) -> {
            type.field("own" + kind, kind);
            type.staticField("STATIC_" + kind, kind, value);
        });
        type.field("after", FieldType.OBJECT).staticField("SELF", FieldType.OBJECT);
        return heap;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void every_primitive_type_is_zeroed_and_references_stay(int idBytes) throws IOException {
        FixtureHeap heap = everyType(idBytes);
        long other = heap.byteArray((byte) 1, (byte) 2, (byte) 3);
        Map<String, Object> values = new HashMap<>(Map.of("before", other, "after", other));
        VALUES.forEach((kind, value) -> values.put("own" + kind, value));
        long secret = heap.instance("com.acme.Secret", values);
        heap.type("com.acme.Secret").set("SELF", secret);
        heap.root(RootKind.JNI_GLOBAL, secret);
        Map<FieldType, Long> arrays = new HashMap<>();
        VALUES.keySet().forEach(kind -> {
            byte[] content = new byte[3 * 8];
            Arrays.fill(content, (byte) 0x77);
            arrays.put(kind, heap.primitiveArray(kind, 3, Arrays.copyOf(content, 3 * kind.bytes(idBytes))));
        });
        Path dump = heap.write(directory.resolve("secret.hprof"));
        Map<Long, List<Byte>> before = contents(dump, idBytes);
        RedactionSummary summary = redact(dump);
        Map<Long, List<Byte>> after = contents(redacted(), idBytes);

        ByteBuffer reference = ByteBuffer.allocate(idBytes);
        if (idBytes == 8) {
            reference.putLong(0, other);
        } else {
            reference.putInt(0, (int) other);
        }
        List<Byte> id = bytes(reference, 0, idBytes);
        assertThat(before.get(secret)).startsWith(id.toArray(Byte[]::new)).endsWith(id.toArray(Byte[]::new));
        assertThat(before.get(secret).subList(idBytes, idBytes + 30)).doesNotContain((byte) 0);
        assertThat(after.get(secret)).startsWith(id.toArray(Byte[]::new)).endsWith(id.toArray(Byte[]::new));
        assertThat(after.get(secret).subList(idBytes, idBytes + 30)).containsOnly((byte) 0);
        for (long array : arrays.values()) {
            assertThat(before.get(array)).containsOnly((byte) 0x77);
            assertThat(after.get(array)).hasSameSizeAs(before.get(array)).containsOnly((byte) 0);
        }
        long type = heap.type("com.acme.Secret").id();
        int statics = VALUES.size() * Long.BYTES;
        assertThat(before.get(type).subList(0, statics)).contains((byte) 0x11);
        assertThat(after.get(type).subList(0, statics)).containsOnly((byte) 0);
        assertThat(after.get(type).subList(statics, statics + 8))
                .isEqualTo(before.get(type).subList(statics, statics + 8));
        assertThat(summary.arrays()).isEqualTo(arrays.size() + 1);
        assertThat(summary.instances()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void kept_fields_stay_wherever_they_are_inherited() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.Base").field("state", FieldType.INT).field("secret", FieldType.INT);
        heap.type("com.acme.Derived").extending("com.acme.Base").field("pin", FieldType.INT);
        long derived =
                heap.instance("com.acme.Derived", Map.of("state", 0x01010101, "secret", 0x02020202, "pin", 0x03030303));
        Path dump = heap.write(directory.resolve("kept.hprof"));
        redact(dump, FieldRule.parse("com.acme.Base#state"));
        byte one = 1;
        byte zero = 0;
        assertThat(contents(redacted(), 8).get(derived))
                .containsExactly(zero, zero, zero, zero, one, one, one, one, zero, zero, zero, zero);
    }

    @Test
    void names_in_a_registry_stay_and_lead_to_their_roots() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("io.heapgauge.RootRegistry$Entry")
                .extending("java.lang.ref.WeakReference")
                .field("registryId", FieldType.LONG)
                .field("name", FieldType.OBJECT);
        heap.type("com.acme.Cache").field("data", FieldType.OBJECT);
        long data = heap.byteArray("top secret".getBytes());
        long cache = heap.instance("com.acme.Cache", Map.of("data", data));
        long name = heap.byteArray("sessions".getBytes());
        long entry = heap.instance(
                "io.heapgauge.RootRegistry$Entry", Map.of("registryId", 4711L, "name", name, "referent", cache));
        heap.root(RootKind.JNI_GLOBAL, cache).root(RootKind.JNI_GLOBAL, entry);
        Path dump = heap.write(directory.resolve("registry.hprof"));
        RedactionSummary summary = redact(dump);
        List<RootDefinition> roots =
                List.of(new RootDefinition("sessions", new RootSpec.Registered("sessions", 4711), List.of()));
        assertThat(analyze(redacted(), roots).roots())
                .isEqualTo(analyze(dump, roots).roots());
        assertThat(analyze(redacted(), roots).roots().get(0).owned().total().objects())
                .isEqualTo(2);
        assertThat(summary.keptArrays()).isOne();
        assertThat(new String(Files.readAllBytes(redacted()), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("sessions")
                .doesNotContain("top secret");
    }

    @Test
    void a_zipped_dump_and_one_in_the_old_format_give_the_same_as_a_plain_one() throws IOException {
        RandomHeap random = new RandomHeap(3);
        Path plain = random.heap.write(directory.resolve("plain.hprof"));
        redact(plain);
        byte[] expected = Files.readAllBytes(redacted());
        redact(random.heap.writer().writeGzip(directory.resolve("zipped.hprof.gz")));
        assertThat(Files.readAllBytes(redacted())).isEqualTo(expected);
        Path old = new RandomHeap(3).heap.oldFormat().write(directory.resolve("old.hprof"));
        redact(old);
        assertThat(analyze(redacted(), List.of()).types())
                .isEqualTo(analyze(plain, List.of()).types());
    }

    @Test
    void the_file_is_for_its_owner_alone() throws IOException {
        redact(new RandomHeap(1).heap.write(directory.resolve("plain.hprof")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(redacted())))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_exists_is_left_alone() throws IOException {
        Path dump = new RandomHeap(1).heap.write(directory.resolve("plain.hprof"));
        Files.writeString(redacted(), "mine");
        assertThatThrownBy(() -> HprofRedactor.redact(dump, redacted(), KeptFields.DEFAULT, Monitor.NONE))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("name another file");
        assertThat(redacted()).hasContent("mine");
    }

    @Test
    void a_dump_that_ends_too_early_leaves_nothing() throws IOException {
        Path dump = new RandomHeap(1).heap.writer().writeTruncated(directory.resolve("short.hprof"), 2_000);
        assertThatThrownBy(() -> redact(dump))
                .isInstanceOf(HprofException.class)
                .hasMessageContaining("truncated");
        assertThat(directory).isDirectoryNotContaining("glob:**redacted*");
    }

    @Test
    void a_cancel_leaves_nothing() throws IOException {
        Path dump = new RandomHeap(1).heap.write(directory.resolve("plain.hprof"));
        boolean[] stop = {false};
        Progress whenWriting = (phase, fraction) -> stop[0] |= phase.startsWith("writing");
        Monitor monitor = new Monitor(whenWriting, () -> stop[0]);
        assertThatThrownBy(() -> HprofRedactor.redact(dump, redacted(), KeptFields.DEFAULT, monitor))
                .isInstanceOf(AnalysisCancelledException.class);
        assertThat(directory).isDirectoryNotContaining("glob:**redacted*");
    }

    @Test
    void a_mutated_dump_ends_in_a_redacted_one_or_in_an_error() throws IOException {
        byte[] sound = new RandomHeap(5).heap.writer().toByteArray();
        int done = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            byte[] bytes = sound.clone();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                bytes[20 + random.nextInt(bytes.length - 20)] = (byte) random.nextInt(256);
            }
            Path dump = Files.write(directory.resolve("mutated.hprof"), bytes);
            try {
                redact(dump);
                done++;
                assertThat(Files.size(redacted())).isEqualTo(bytes.length);
            } catch (IOException e) {
                assertThat(e).as("seed " + seed).hasMessageContaining("offset");
                assertThat(redacted()).doesNotExist();
            }
        }
        assertThat(done).isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }
}
