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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that walk a heap, on a dump and on its exports. */
class ExploreCommandsTest {
    private static final String[] COMMANDS = {
        "all", "object", "parents", "children", "owned", "dominators", "threads", "strings", "export", "report"
    };

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FixtureHeap heap = new FixtureHeap();
    private String dump;
    private long first;
    private long second;
    private long all;
    private long text;

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        heap.type("com.acme.Session")
                .field("next", FieldType.OBJECT)
                .field("user", FieldType.OBJECT)
                .field("hits", FieldType.INT);
        heap.type("com.acme.Shop").staticField("ALL", FieldType.OBJECT);
        text = heap.string("somebody");
        second = heap.instance("com.acme.Session", Map.of("user", text, "hits", 12));
        first = heap.instance("com.acme.Session", Map.of("next", second));
        all = heap.objectArray("com.acme.Session[]", first, 0, second);
        heap.type("com.acme.Shop").set("ALL", all);
        heap.root(RootKind.STICKY_CLASS, heap.type("com.acme.Shop").classId());
        long thread = heap.thread("worker");
        heap.frameLocal(thread, heap.instance("com.acme.Session"));
        dump = heap.write(directory.resolve("shop.hprof")).toString();
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), false), arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String hex(long id) {
        return "0x" + Long.toHexString(id);
    }

    @Test
    void help_of_each_command_has_examples() {
        for (String command : COMMANDS) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out())
                    .contains("heapgauge " + command)
                    .contains("Examples:")
                    .contains("--json");
        }
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("export").contains("dominators").contains("completion");
    }

    @Test
    void completion_is_a_script_that_knows_every_command() {
        assertThat(run("completion")).isZero();
        assertThat(out())
                .startsWith("#!/usr/bin/env bash")
                .contains(List.of(COMMANDS))
                .contains("'--collapse'");
    }

    @Test
    void an_object_has_its_fields_with_values() {
        assertThat(run("object", dump, hex(second))).isZero();
        assertThat(out())
                .startsWith("com.acme.Session " + hex(second) + "\n")
                .containsPattern("  shallow +24 bytes\n")
                .containsPattern("  parents +2\n")
                .containsPattern("  next +null")
                .containsPattern("  user +" + hex(text) + " +java.lang.String +'somebody'\n")
                .containsPattern("  hits +12");
        assertThat(run("object", dump, hex(second), "--json", "--retained")).isZero();
        assertThat(out())
                .startsWith(
                        "{\"id\":\"" + hex(second) + "\",\"type\":\"com.acme.Session\",\"shallow\":24,\"references\":1,"
                                + "\"parents\":2,\"retained\":")
                .contains("{\"via\":\"next\",\"value\":null}")
                .contains("{\"via\":\"hits\",\"value\":12}")
                .contains("{\"via\":\"user\",\"id\":\"" + hex(text) + "\"")
                .contains("\"length\":8,\"value\":\"somebody\"");
        assertThat(run("object", dump, Long.toString(all))).isZero();
        assertThat(out())
                .containsPattern("  length +3\n")
                .containsPattern("  \\[0\\] +" + hex(first))
                .containsPattern("  \\[1\\] +" + hex(second));
    }

    @Test
    void children_and_parents_are_tables_with_totals() {
        assertThat(run("children", dump, hex(all), "--top", "1")).isZero();
        assertThat(out())
                .startsWith("2 objects, 48 bytes, the first 1 are\n")
                .containsPattern("24 +1 " + hex(first) + " com.acme.Session");
        assertThat(run("parents", dump, hex(second), "--json")).isZero();
        assertThat(out())
                .startsWith("{\"objects\":2,\"bytes\":" + (24 + heap.shallowBytes(all)) + ",\"list\":[")
                .contains("\"id\":\"" + hex(first) + "\"")
                .contains("\"id\":\"" + hex(all) + "\"");
        assertThat(run("children", dump, hex(second), "--collapse")).isZero();
        assertThat(out()).contains("'somebody'").startsWith("1 object, ");
    }

    @Test
    void what_is_owned_is_summed_up_without_what_is_excluded() {
        assertThat(run("owned", dump, hex(all), "--json")).isZero();
        assertThat(out()).startsWith("{\"objects\":5,").contains("{\"type\":\"com.acme.Session\",\"objects\":2,");
        for (String exclusion : new String[] {
            "object:" + hex(second), "class:com.acme.Session", "types:com.acme.S*ion", "package:com.acme"
        }) {
            assertThat(run("owned", dump, hex(all), "--exclude", exclusion)).isZero();
            assertThat(out()).as(exclusion).doesNotContain("java.lang.String");
        }
        assertThat(run("owned", dump, hex(all), "--exclude", "field:com.acme.Session#user", "--json"))
                .isZero();
        assertThat(out()).startsWith("{\"objects\":3,");
        assertThat(run("owned", dump, hex(all), "--all-edges")).isZero();
        assertThat(out()).contains("java.lang.Class");
    }

    @Test
    void objects_of_a_type_are_listed_from_anywhere_or_from_one_object() {
        assertThat(run("all", dump, "com.acme.Session")).isZero();
        assertThat(out()).startsWith("3 objects, 72 bytes\n");
        assertThat(run("all", dump, "com.acme.*", "--from", hex(all), "--json")).isZero();
        assertThat(out()).startsWith("{\"objects\":3,");
        assertThat(run("all", dump, "com.acme.Nobody")).isZero();
        assertThat(out()).isEqualTo("0 objects, 0 bytes\n");
        assertThat(run("all", dump, "X@0xq")).isEqualTo(2);
        assertThat(err()).contains("expected the address of a class loader");
    }

    @Test
    void dominators_go_up_and_down() {
        assertThat(run("dominators", dump, "--top", "3")).isZero();
        assertThat(out()).contains("class com.acme.Shop").contains("Retained");
        assertThat(run("dominators", dump, hex(text))).isZero();
        assertThat(out()).startsWith("3 objects, ").contains("com.acme.Session[]");
        assertThat(run("dominators", dump, hex(all), "--down", "--json")).isZero();
        assertThat(out()).startsWith("{\"objects\":2,").contains("\"retained\":");
    }

    @Test
    void threads_and_strings_are_told() {
        assertThat(run("threads", dump, "--name", "work.*")).isZero();
        assertThat(out())
                .startsWith("\"worker\" 0x")
                .containsPattern(
                        ", holds \\d+ bytes\n    at .*run\\(Fixture.java:42\\)\n        0x\\w+ com.acme.Session");
        assertThat(run("threads", dump, "--json")).isZero();
        assertThat(out())
                .startsWith("{\"threads\":[{\"name\":\"worker\",\"id\":\"0x")
                .contains("\"location\":\"Fixture.java:42\"");
        assertThat(run("strings", dump, "--top", "1")).isZero();
        assertThat(out()).startsWith("1 object, 24 bytes\n").contains("'somebody'");
        assertThat(run("strings", dump, "--match", "some.*", "--json")).isZero();
        assertThat(out()).startsWith("{\"objects\":1,");
    }

    @Test
    void a_report_has_totals_types_and_retainers() {
        assertThat(run("report", dump, "--top", "3")).isZero();
        assertThat(out()).contains("Reachable").contains("Retained").contains("com.acme.Session");
        assertThat(run("report", dump, "--json")).isZero();
        assertThat(out()).startsWith("{\"schema\":");
    }

    @Test
    void a_report_becomes_a_page_with_the_roots_that_were_asked_for() throws IOException {
        Path page = directory.resolve("shop.html");
        assertThat(run("report", dump, page.toString(), "--root", "all=class:com.acme.Session"))
                .isZero();
        assertThat(out()).isEqualTo("page written to " + page + ", " + Files.size(page) + " bytes\n");
        assertThat(page)
                .content()
                .contains("<title>heapgauge cli</title>", "\"name\":\"all\",\"spec\":\"class:com.acme.Session\"")
                .doesNotContain("{{");
        assertThat(run("report", dump, page.toString())).isEqualTo(1);
        assertThat(err()).contains("shop.html: the file exists already");
        assertThat(run("report", dump, directory.resolve("other.html").toString(), "--json"))
                .isEqualTo(2);
        assertThat(run("report", dump, "--root", "nothing")).isEqualTo(2);
        assertThat(run("roots", dump)).isEqualTo(2);
        assertThat(err()).contains("Missing required option: '--root=");
        assertThat(directory.resolve("other.html")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_export_is_taken_by_every_command_that_can_answer_from_it(boolean lossless) throws IOException {
        String lines = directory.resolve("shop.jsonl.gz").toString();
        assertThat(lossless ? run("export", dump, lines, "--lossless") : run("export", dump, lines))
                .isZero();
        assertThat(out()).contains(" objects written to " + lines + ", " + Files.size(Path.of(lines)) + " bytes\n");
        assertThat(run("types", lines, "--json")).isZero();
        String types = out();
        assertThat(run("types", dump, "--json")).isZero();
        assertThat(types).isEqualTo(out());
        for (String command : new String[] {"children", "parents", "owned", "object"}) {
            assertThat(run(command, lines, hex(second))).as(command + err()).isZero();
            assertThat(out()).isNotBlank();
        }
        assertThat(run("diff", dump, lines, "--top", "1")).isZero();
        assertThat(out()).containsPattern(" total\n$");
        assertThat(run("all", lines, "com.acme.Session")).isZero();
        assertThat(out()).startsWith("3 objects, 72 bytes\n");
        for (String[] question : new String[][] {
            {"retained", "DUMP"},
            {"retained", "DUMP", "--by", "class"},
            {"path", "DUMP", hex(text)},
            {"path", "DUMP", "class:com.acme.Session"},
            {"dominators", "DUMP", hex(text)},
            {"roots", "DUMP", "--root", "shop=static:com.acme.Shop#ALL", "--root", "thread:worker", "--json"},
        }) {
            String[] ofDump = question.clone();
            ofDump[1] = dump;
            question[1] = lines;
            assertThat(run(question)).as(question[0] + err()).isEqualTo(lossless ? 0 : 1);
            if (lossless) {
                String answer = out();
                assertThat(run(ofDump)).isZero();
                assertThat(answer).as(question[0]).isEqualTo(out());
            } else {
                assertThat(err()).contains("has no GC roots");
            }
        }
        assertThat(run("report", lines, "--top", "3")).isEqualTo(lossless ? 0 : 1);
        assertThat(lossless ? out() : err()).contains(lossless ? "Reachable" : "has no GC roots");
    }

    @Test
    void what_lines_cannot_answer_is_refused_with_a_reason() throws IOException {
        String lines = directory.resolve("shop.jsonl").toString();
        assertThat(run("export", dump, lines, "--no-values", "--from", hex(all), "--json"))
                .isZero();
        assertThat(out()).startsWith("{\"objects\":5,\"bytes\":");
        assertThat(Files.readString(Path.of(lines))).doesNotContain("somebody");
        for (String[] question : new String[][] {
            {"duplicates", lines},
            {"collections", lines},
            {"roots", lines, "--root", "registered:sessions"},
        }) {
            assertThat(run(question)).as(question[0]).isEqualTo(1);
            assertThat(err()).contains("JSON lines have no ").contains("ask the heap dump itself");
        }
        assertThat(run("redact", lines, lines + ".redacted")).isEqualTo(1);
        assertThat(err()).contains("heapgauge export --no-values");
        assertThat(run("types", lines, "--native", "A#b")).isEqualTo(2);
    }

    @Test
    void wrong_usage_and_objects_that_are_not_there_are_said() {
        assertThat(run("object", dump, "first")).isEqualTo(2);
        assertThat(err()).contains("ADDRESS 'first': expected an address, for example 0x7f00a0");
        assertThat(run("parents", dump, "0x10")).isEqualTo(1);
        assertThat(err()).contains("no object in the dump has the id 0x10");
        assertThat(run("owned", dump, hex(all), "--exclude", "root:x")).isEqualTo(2);
        assertThat(err()).contains("there are no configured roots here");
        assertThat(run("owned", dump, hex(all), "--exclude", "object:0x10")).isEqualTo(2);
        assertThat(err()).contains("the dump has no such object");
        assertThat(run("owned", dump, hex(all), "--exclude", "colour:red")).isEqualTo(2);
        assertThat(run("children", dump, hex(all), "--top", "0")).isEqualTo(2);
        assertThat(err()).contains("--top 0: expected a number from 1");
        assertThat(run("strings", dump, "--match", "(")).isEqualTo(2);
        assertThat(run("all", directory.resolve("none.hprof").toString(), "X")).isEqualTo(1);
        assertThat(err()).contains("none.hprof: no such file");
        assertThat(run("export", dump, dump)).isEqualTo(1);
        assertThat(err()).contains("exists already");
    }
}
