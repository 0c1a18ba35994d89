/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code duplicates} and {@code collections}. */
class WasteCommandsTest {
    private static final String SECRET = "password of somebody";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FixtureHeap heap = new FixtureHeap();
    private final long[] names = new long[3];
    private long array;

    @TempDir
    private Path directory;

    @Test
    void help_of_each_command_has_examples_and_the_shape_of_its_json() {
        for (String command : new String[] {"duplicates", "collections"}) {
            out.reset();
            assertThat(run(command, "--help")).isZero();
            assertThat(out())
                    .contains("heapgauge " + command + " DUMP [--top N] [--json]")
                    .contains("Examples:")
                    .contains("Print JSON: {reached: {objects, bytes},");
            out.reset();
            assertThat(run("--help")).isZero();
            assertThat(out()).contains("heapgauge " + command);
        }
    }

    @Test
    void duplicates_as_text_are_a_table_of_kinds_and_one_of_groups() throws IOException {
        assertThat(run("duplicates", shop().toString())).isZero();
        long string = heap.shallowBytes(names[0]) + heap.shallowBytes(heap.reference(names[0], "value"));
        assertThat(out())
                .contains("GC roots reach ")
                .containsPattern(" " + 2 * string + " +\\d+ +1 +2 java\\.lang\\.String\n")
                .containsPattern(" 416 +\\d+ +1 +1 long\\[\\]\n")
                .containsPattern(
                        " 0 +416 +2 +50 +416 long\\[\\] +" + hex(array) + " com\\.acme\\.Thing\\[\\] \\(2\\)\n")
                .containsPattern(" 1 +" + 2 * string + " +3 +20 +" + string + " java\\.lang\\.String +" + hex(names[0])
                        + " com\\.acme\\.User#name \\(3\\)\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void duplicates_as_json_have_every_figure() throws IOException {
        assertThat(run("duplicates", shop().toString(), "--json", "--top", "1")).isZero();
        assertThat(out())
                .matches("\\{\"reached\":\\{\"objects\":\\d+,\"bytes\":\\d+\\},\"stringsKnown\":true,\"totals\":\\["
                        + "\\{\"kind\":\"long\\[\\]\",\"groups\":1,\"duplicates\":1,\"wasted\":416\\},"
                        + "\\{\"kind\":\"java.lang.String\",\"groups\":1,\"duplicates\":2,\"wasted\":\\d+\\}\\],"
                        + "\"groups\":\\[\\{\"kind\":\"long\\[\\]\",\"copies\":2,\"length\":50,\"bytes\":416,\"wasted\":416,"
                        + "\"example\":\"" + hex(array) + "\","
                        + "\"holder\":\\{\"field\":\"com.acme.Thing\\[\\]\",\"references\":2\\}\\}\\]\\}\n");
    }

    @Test
    void nobody_s_contents_are_printed() throws IOException {
        String dump = shop().toString();
        for (String command : new String[] {"duplicates", "collections"}) {
            assertThat(run(command, dump)).isZero();
            assertThat(run(command, dump, "--json")).isZero();
        }
        assertThat(new String(Files.readAllBytes(Path.of(dump)), StandardCharsets.ISO_8859_1))
                .contains(SECRET);
        assertThat(out()).doesNotContain(SECRET);
    }

    @Test
    void collections_as_text_are_a_table_of_classes_and_one_of_arrays() throws IOException {
        assertThat(run("collections", shop().toString())).isZero();
        assertThat(out())
                .containsPattern(
                        " 0 +456 +\\d+ +392 +2 +1 +0 +1 +\\d+ java\\.util\\.ArrayList +com\\.acme\\.User#friends"
                                + " \\(1\\)\n")
                .containsPattern(" 456 +\\d+ +392 +2 +1 +0 +1 +\\d+ collections +\n")
                .contains("Not understood and in no row: 1 object of java.util.Vector\n")
                .contains("Arrays of no collection")
                .containsPattern(" 0 +36 +\\d+ +36 +2 +0 +2 +1 +\\d+ com\\.acme\\.Thing\\[\\] +-\n")
                .containsPattern(" object arrays +\n");
    }

    @Test
    void collections_as_json_have_every_figure() throws IOException {
        assertThat(run("collections", shop().toString(), "--json")).isZero();
        String figures =
                "\"objects\":2,\"empty\":1,\"single\":0,\"sparse\":1,\"estimated\":0,\"arrays\":456,\"unused\":392,"
                        + "\"emptyBytes\":64,\"wasted\":456";
        assertThat(out())
                .startsWith("{\"reached\":{\"objects\":")
                .contains("},\"collections\":{" + figures + "},\"arrays\":{\"objects\":2,")
                .contains("\"collectionTypes\":[{\"type\":\"java.util.ArrayList\"," + figures
                        + ",\"holder\":{\"field\":\"com.acme.User#friends\",\"references\":1}}],")
                .contains(
                        "\"arrayTypes\":[{\"type\":\"com.acme.Thing[]\",\"objects\":2,\"empty\":0,\"single\":2,\"sparse\":1,")
                .endsWith("\"holder\":null}],\"notUnderstood\":[{\"type\":\"java.util.Vector\",\"objects\":1}]}\n");
    }

    @Test
    void wrong_usage_and_a_dump_that_is_missing_or_cut_fail() throws IOException {
        byte[] bytes = Files.readAllBytes(shop());
        Path cut = Files.write(directory.resolve("cut.hprof"), Arrays.copyOf(bytes, bytes.length - 20));
        for (String command : new String[] {"duplicates", "collections"}) {
            err.reset();
            assertThat(run(command, "x.hprof", "--top", "0")).isEqualTo(2);
            assertThat(run(command, "x.hprof", "--top", "1001")).isEqualTo(2);
            assertThat(err()).contains("--top 1001: expected a number from 1 to 1000");
            assertThat(run(command)).isEqualTo(2);
            assertThat(run(command, "none.hprof")).isEqualTo(1);
            assertThat(err()).contains("none.hprof: no such file");
            assertThat(run(command, cut.toString())).isEqualTo(1);
            assertThat(err()).contains("truncated");
        }
        assertThat(out()).isEmpty();
    }

    /** Three users of one name; two equal arrays; an empty list and a sparse one; a Vector of another JDK. */
    private Path shop() throws IOException {
        heap.type("com.acme.User").field("name", FieldType.OBJECT).field("friends", FieldType.OBJECT);
        heap.type("java.util.ArrayList").field("elementData", FieldType.OBJECT).field("size", FieldType.INT);
        for (int i = 0; i < names.length; i++) {
            names[i] = heap.string(SECRET);
            heap.root(RootKind.JNI_GLOBAL, heap.instance("com.acme.User", Map.of("name", names[i])));
        }
        array = heap.primitiveArray(FieldType.LONG, 50);
        heap.root(RootKind.JNI_GLOBAL, heap.objectArray("com.acme.Thing[]", array));
        heap.root(RootKind.JNI_GLOBAL, heap.primitiveArray(FieldType.LONG, 50));
        heap.root(RootKind.JNI_GLOBAL, heap.objectArray("com.acme.Thing[]", 0, 0, 0, 0, 0, 0, 0, 0, 0, array));
        long sparse = heap.instance(
                "java.util.ArrayList",
                Map.of("elementData", heap.objectArray("java.lang.Object[]", new long[100]), "size", 2));
        heap.root(RootKind.JNI_GLOBAL, heap.instance("com.acme.User", Map.of("friends", sparse)));
        heap.root(
                RootKind.JNI_GLOBAL,
                heap.instance(
                        "java.util.ArrayList",
                        Map.of("elementData", heap.objectArray("java.lang.Object[]", new long[6]))));
        heap.root(RootKind.JNI_GLOBAL, heap.instance("java.util.Vector"));
        return heap.write(directory.resolve("shop.hprof"));
    }

    private static String hex(long id) {
        return "0x" + Long.toHexString(id);
    }

    private int run(String... args) {
        return Main.run(new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), false), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
