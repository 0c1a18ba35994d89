/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.FixtureType;
import io.heapgauge.analysis.fixture.RootKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code retained}, {@code path} and {@code diff}. */
class InspectCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FixtureHeap heap = new FixtureHeap();
    private long all;
    private long first;
    private long second;
    private long watched;

    @TempDir
    private Path directory;

    @Test
    void help_of_each_command_has_examples() {
        for (String command : new String[] {"retained", "path", "diff"}) {
            out.reset();
            assertThat(run(command, "--help")).isZero();
            assertThat(out())
                    .contains("heapgauge " + command)
                    .contains("Examples:")
                    .contains("--json");
        }
        out.reset();
        assertThat(run("--help")).isZero();
        assertThat(out())
                .contains("heapgauge retained")
                .contains("heapgauge path")
                .contains("heapgauge diff");
    }

    @Test
    void retained_as_text_is_a_table_of_objects_with_their_ids() throws IOException {
        assertThat(run("retained", shop(2).toString(), "--top", "2")).isZero();
        assertThat(out())
                .contains("GC roots reach ")
                .contains("Retained")
                .containsPattern(" 0 +\\d+ +\\d+ +\\d+ class com.acme.Shop +0x[0-9a-f]+\n")
                .containsPattern(" 1 +\\d+ +\\d+ +\\d+ com.acme.Session\\[\\] +" + hex(all) + "\n")
                .hasLineCount(4);
        assertThat(err()).isEmpty();
    }

    @Test
    void retained_as_json_is_exactly_the_level_and_the_objects() throws IOException {
        assertThat(run("retained", shop(2).toString(), "--json", "--top=4", "--by=object"))
                .isZero();
        long arrayBytes = heap.shallowBytes(all);
        long sessionBytes = heap.shallowBytes(first);
        String session = "\\{\"id\":\"0x[0-9a-f]+\",\"type\":\"com.acme.Session\",\"shallow\":" + sessionBytes
                + ",\"retained\":" + sessionBytes + "\\}";
        assertThat(out())
                .matches("\\{\"level\":\"retained\",\"objects\":\\["
                        + "\\{\"id\":\"0x[0-9a-f]+\",\"type\":\"class com.acme.Shop\",\"shallow\":\\d+,\"retained\":\\d+\\},"
                        + "\\{\"id\":\"" + hex(all) + "\",\"type\":\"com.acme.Session\\[\\]\",\"shallow\":" + arrayBytes
                        + ",\"retained\":" + (arrayBytes + 2 * sessionBytes) + "\\},"
                        + session + "," + session + "\\]\\}\n");
    }

    @Test
    void retained_by_class_measures_all_its_objects_together() throws IOException {
        assertThat(run("retained", shop(2).toString(), "--by", "class", "--json", "--top", "3"))
                .isZero();
        long shallow = 2 * heap.shallowBytes(first);
        assertThat(out())
                .startsWith("{\"level\":\"retained\",\"by\":\"class\",\"groups\":[{\"name\":\"java.lang.Class\",")
                .contains("{\"name\":\"com.acme.Session\",\"objects\":2,\"shallow\":" + shallow + ",\"retained\":"
                        + shallow + "}")
                .endsWith("]}\n");
    }

    @Test
    void retained_by_package_and_loader_count_class_objects_with_their_own() throws IOException {
        String dump = shop(2).toString();
        assertThat(run("retained", dump, "--by", "package")).isZero();
        assertThat(out())
                .contains("Retained sizes are exact")
                .contains("which are all")
                .containsPattern(" 0 .* com\\.acme\n");
        out.reset();
        assertThat(run("retained", dump, "--by", "loader")).isZero();
        assertThat(out()).contains(" <boot>\n");
    }

    @Test
    void wrong_usage_of_retained_is_said() {
        assertThat(run("retained", "x.hprof", "--by", "colour")).isEqualTo(2);
        assertThat(err()).contains("--by 'colour': expected object, class, loader, package");
        assertThat(run("retained", "x.hprof", "--top", "0")).isEqualTo(2);
        assertThat(run("retained", "x.hprof", "--by", "class", "--top", "253")).isEqualTo(2);
        assertThat(err()).contains("--top 253: with --by class a number up to 252");
    }

    @Test
    void paths_of_a_class_are_merged_and_counted() throws IOException {
        String dump = shop(2).toString();
        assertThat(run("path", dump, "class:com.acme.Session")).isZero();
        assertThat(out())
                .startsWith("2 instances of com.acme.Session, ")
                .contains("GC roots reach 2 of them over strong references, by 1 different shortest path\n")
                .contains("0: 2 instances (100 %)")
                .contains("   sticky class\n   class com.acme.Shop\n   com.acme.Session[]\n   com.acme.Session\n");
        out.reset();
        assertThat(run("path", dump, "class:com.acme.Session", "--json", "--top", "1"))
                .isZero();
        assertThat(out())
                .startsWith("{\"type\":\"com.acme.Session\",\"objects\":2,\"bytes\":")
                .contains("\"pathCount\":1,\"paths\":[{\"objects\":2,")
                .contains("\"root\":\"sticky class\",\"path\":[{\"type\":\"class com.acme.Shop\",\"repeated\":false},");
        assertThat(run("path", dump, "class:com.acme.Nothing")).isEqualTo(1);
        assertThat(err()).contains("no instance in the dump is exactly of the class 'com.acme.Nothing'");
        assertThat(run("path", dump, "class:com.acme.Session", "--top", "0")).isEqualTo(2);
    }

    @Test
    void types_with_parts_folded_count_owners() throws IOException {
        String dump = shop(2).toString();
        assertThat(run("types", dump, "--collapse")).isZero();
        assertThat(out())
                .contains(" of them private parts that count with their owners")
                .containsPattern(" 2 +\\d+ +" + 2 * heap.shallowBytes(first) + " .* com\\.acme\\.Session\n");
        out.reset();
        assertThat(run("types", dump, "--part", "com.acme.Session[]#[]", "--json"))
                .isZero();
        assertThat(out())
                .startsWith("{\"collapsed\":true,\"objects\":")
                .contains("{\"type\":\"com.acme.Session[]\",\"objects\":1,\"bytes\":"
                        + (heap.shallowBytes(all) + 2 * heap.shallowBytes(first)) + ",")
                .doesNotContain("\"com.acme.Session\"");
        assertThat(run("types", dump, "--part", "Session")).isEqualTo(2);
        assertThat(err()).contains("field 'Session': expected Class#field");
    }

    @Test
    void wrong_numbers_of_threads_edges_and_native_fields_are_said() throws IOException {
        String dump = shop(2).toString();
        assertThat(run("retained", dump, "--threads", "0")).isEqualTo(2);
        assertThat(err()).contains("--threads 0: expected a number from 1");
        assertThat(run("types", dump, "--native", "bytes")).isEqualTo(2);
        assertThat(err()).contains("field 'bytes': expected Class#field");
        assertThat(run("roots", dump, "--root", "class:com.acme.Session", "--follow", "everything"))
                .isEqualTo(2);
        assertThat(err())
                .contains("--follow 'everything': expected referent, object-to-class, class-to-loader,"
                        + " loader-to-classes, thread-to-context-loader, lock-to-owner, lock-to-waiter");
    }

    @Test
    void following_the_class_adds_it_and_its_statics_to_what_is_owned() throws IOException {
        String dump = shop(2).toString();
        String root = "object:" + hex(first);
        assertThat(run("roots", dump, "--root", root, "--json")).isZero();
        assertThat(out()).contains("\"owned\":{\"objects\":1,");
        out.reset();
        assertThat(run("roots", dump, "--root", root, "--follow", "object-to-class", "--json", "--threads", "2"))
                .isZero();
        assertThat(out()).contains("\"type\":\"java.lang.Class\"");
    }

    @Test
    void a_path_names_the_root_the_fields_and_the_elements() throws IOException {
        assertThat(run("path", shop(2).toString(), hex(second))).isZero();
        assertThat(out())
                .startsWith(hex(second) + " is an instance of com.acme.Session, ")
                .contains("Shortest path from a GC root (sticky class), 2 references:\n")
                .containsPattern(" 0 sticky class +class com.acme.Shop +0x[0-9a-f]+\n")
                .containsPattern(" 1 static ALL +com.acme.Session\\[\\] +" + hex(all) + "\n")
                .containsPattern(" 2 \\[1\\] +com.acme.Session +" + hex(second) + "\n");
    }

    @Test
    void a_path_as_json_has_its_steps_from_the_root_down() throws IOException {
        assertThat(run("path", shop(2).toString(), Long.toString(first), "--json"))
                .isZero();
        assertThat(out())
                .startsWith("{\"id\":\"" + hex(first) + "\",\"type\":\"com.acme.Session\",\"shallow\":")
                .contains("\"reached\":true,\"root\":\"sticky class\",\"path\":[{\"id\":\"0x")
                .contains("\"type\":\"class com.acme.Shop\",\"via\":null}")
                .endsWith("{\"id\":\"" + hex(first) + "\",\"type\":\"com.acme.Session\",\"via\":\"[0]\"}]}\n");
    }

    @Test
    void an_object_that_only_a_weak_reference_holds_has_no_path_and_that_is_an_answer() throws IOException {
        String dump = shop(2).toString();
        assertThat(run("path", dump, hex(watched))).isZero();
        assertThat(out()).contains("No GC root reaches it over strong references");
        out.reset();
        assertThat(run("path", dump, hex(watched), "--json")).isZero();
        assertThat(out()).contains("\"reached\":false,\"root\":null,\"path\":[]}");
    }

    @Test
    void an_id_that_is_not_in_the_dump_fails_and_one_that_is_no_address_is_wrong_usage() throws IOException {
        String dump = shop(2).toString();
        assertThat(run("path", dump, "0x1234568")).isEqualTo(1);
        assertThat(err()).isEqualTo("heapgauge: no object in the dump has the id 0x1234568" + System.lineSeparator());
        err.reset();
        assertThat(run("path", dump, "cafe")).isEqualTo(2);
        assertThat(err()).startsWith("heapgauge: ID 'cafe': expected an address, for example 0x7f00a0");
        assertThat(run("path", dump)).isEqualTo(2);
        assertThat(out()).isEmpty();
    }

    @Test
    void diff_sorts_types_by_what_changed_most() throws IOException {
        Path older = new InspectCommandsTest().shop(2, directory.resolve("old.hprof"));
        Path newer = shop(5, directory.resolve("new.hprof"));
        long session = heap.shallowBytes(first);
        assertThat(run("diff", older.toString(), newer.toString(), "--top", "1"))
                .isZero();
        assertThat(out())
                .containsPattern(" 0 +2 +5 +\\+3 +" + 2 * session + " +" + 5 * session + " +\\+" + 3 * session
                        + " com\\.acme\\.Session\n")
                .contains(" other (")
                .containsPattern("\\+3 .* total\n");
        out.reset();
        assertThat(run("diff", newer.toString(), older.toString(), "--top", "1", "--json"))
                .isZero();
        assertThat(out())
                .startsWith("{\"old\":{\"objects\":")
                .contains("\"types\":[{\"type\":\"com.acme.Session\",\"old\":{\"objects\":5,\"bytes\":" + 5 * session
                        + "},\"new\":{\"objects\":2,\"bytes\":" + 2 * session
                        + "},\"delta\":{\"objects\":-3,\"bytes\":" + -3 * session + "}}]}");
    }

    @Test
    void a_dump_that_is_missing_or_cut_fails_in_every_command() throws IOException {
        Path whole = shop(2);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.hprof"), Arrays.copyOf(bytes, bytes.length - 20));
        String missing = directory.resolve("none.hprof").toString();
        assertThat(run("retained", cut.toString())).isEqualTo(1);
        assertThat(run("retained", cut.toString(), "--by", "package")).isEqualTo(1);
        assertThat(run("path", cut.toString(), hex(first))).isEqualTo(1);
        assertThat(run("diff", whole.toString(), cut.toString())).isEqualTo(1);
        assertThat(run("diff", directory.toString(), whole.toString())).isEqualTo(1);
        assertThat(run("diff", missing, whole.toString())).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err())
                .hasLineCount(6)
                .contains("truncated")
                .contains(directory + ": a directory, not a heap dump")
                .contains(missing + ": no such file");
    }

    private Path shop(int sessions) throws IOException {
        return shop(sessions, directory.resolve("shop.hprof"));
    }

    /** An array of big sessions that a static holds, and one that is only held weakly. */
    private Path shop(int sessions, Path target) throws IOException {
        FixtureType session = heap.type("com.acme.Session");
        for (int i = 0; i < 2_000; i++) {
            session.field("number" + i, FieldType.LONG);
        }
        long[] ids = new long[sessions];
        for (int i = 0; i < sessions; i++) {
            ids[i] = heap.instance("com.acme.Session");
        }
        first = ids[0];
        second = ids[1];
        all = heap.objectArray("com.acme.Session[]", ids);
        watched = heap.instance("com.acme.Watched");
        heap.root(RootKind.JNI_GLOBAL, heap.weakReference(watched));
        heap.type("com.acme.Watched");
        heap.type("com.acme.Shop").staticField("ALL", FieldType.OBJECT, all);
        heap.root(RootKind.STICKY_CLASS, heap.type("com.acme.Shop").classId());
        return heap.write(target);
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
