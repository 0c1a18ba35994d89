/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.JavaClass;

/** A dump that the command line has redacted holds none of the secrets that it held, and measures the same. */
class RedactIT {
    private static final int TOP = 100;
    private static final int ALL_ROWS = 1_000;

    @TempDir
    Path directory;

    private Path original;
    private Path redacted;

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void a_redacted_dump_has_no_secret_and_the_same_structure(Jdk jdk) throws Exception {
        dump(jdk);
        try (ForkedJvm cli = cli(jdk, original, redacted)) {
            assertThat(cli.awaitExit()).as(cli.output()).isZero();
            assertThat(cli.output()).startsWith(redacted + ": ").contains("zeroed ", "masked ", "kept ");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(redacted)))
                .isEqualTo("rw-------");
        assertThat(Files.size(redacted)).isEqualTo(Files.size(original));
        assertNoSecrets();
        assertEqualMeasures();
        assertThat(library(redacted)).isEqualTo(library(original)).hasSizeGreaterThan(400);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void no_secret_reaches_the_disk_by_a_snapshot(Jdk jdk) throws Exception {
        redacted = directory.resolve("snapshot.hprof");
        List<String> program = List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SecretsProgram.class.getName(),
                redacted.toString(),
                "snapshot");
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, program)) {
            assertThat(jvm.awaitExit()).as(jvm.output()).isZero();
            String engine = jvm.awaitLine("engine ");
            assumeTrue(engine.startsWith("fork"), engine);
            Path kept = directory.resolve("dumps").resolve("kept").resolve(jvm.awaitLine("kept "));
            assertThat(Files.mismatch(redacted, kept)).isEqualTo(-1);
            // found by its name, which stays
            assertThat(jvm.awaitLine("root MEASURED ")).matches("[0-9]{2}");
        }
        assertNoneIn(redacted);
        assertThat(inspector(redacted).collections(ALL_ROWS).collectionTypes()).hasSizeGreaterThan(10);
        assertThat(library(redacted)).hasSizeGreaterThan(400);
    }

    @Test
    void a_write_that_fails_is_told_and_leaves_no_file() throws Exception {
        Jdk jdk = Jdk.all().get(0);
        dump(jdk);
        // in units of 1 KiB: a limit on the size of a file fails the write as a full disk does
        String command = "ulimit -f 2000; exec " + jdk.command("java") + " -jar "
                + System.getProperty("heapgauge.cli.jar") + " redact " + original + " " + redacted;
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(directory.resolve("output.txt")))
                .startsWith("heapgauge: " + redacted + ": cannot be written (")
                .contains(": free space there, or name a file on another disk")
                .hasLineCount(1);
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(directory).isDirectoryNotContaining("glob:**redacted.hprof*");
    }

    private void dump(Jdk jdk) throws Exception {
        original = directory.resolve("original.hprof");
        redacted = directory.resolve("redacted.hprof");
        List<String> program = List.of(
                "-cp", System.getProperty("java.class.path"), SecretsProgram.class.getName(), original.toString());
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, program)) {
            assertThat(jvm.awaitExit()).as(jvm.output()).isZero();
        }
    }

    private ForkedJvm cli(Jdk jdk, Path in, Path out) throws IOException {
        return ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-Xmx32m",
                        "-jar",
                        System.getProperty("heapgauge.cli.jar"),
                        "redact",
                        in.toString(),
                        out.toString()));
    }

    private void assertNoSecrets() throws IOException {
        byte[] before = Files.readAllBytes(original);
        Secrets.present()
                .forEach((what, bytes) -> assertThat(indexOf(before, bytes))
                        .as("in the original: " + what)
                        .isNotNegative());
        assertNoneIn(redacted);
    }

    private static void assertNoneIn(Path dump) throws IOException {
        byte[] content = Files.readAllBytes(dump);
        Secrets.all()
                .forEach((what, bytes) -> assertThat(indexOf(content, bytes))
                        .as("in " + dump.getFileName() + ": " + what)
                        .isEqualTo(-1));
    }

    private static int indexOf(byte[] text, byte[] wanted) {
        for (int i = 0; i <= text.length - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && text[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    private void assertEqualMeasures() throws IOException {
        HeapReport before = report(original);
        HeapReport after = report(redacted);
        assertThat(after.totals()).isEqualTo(before.totals());
        assertThat(after.types()).isEqualTo(before.types()).hasSizeGreaterThan(400);
        HeapInspector was = inspector(original);
        HeapInspector is = inspector(redacted);
        assertThat(is.topRetainers(TOP)).isEqualTo(was.topRetainers(TOP));
        assertThat(is.collections(ALL_ROWS)).isEqualTo(was.collections(ALL_ROWS));
        assertThat(is.topRetainers(TOP).objects()).hasSize(TOP);
        assertThat(is.collections(ALL_ROWS).collectionTypes()).hasSizeGreaterThan(10);
        // the test would be idle if contents were equal still
        assertThat(is.duplicates(TOP)).isNotEqualTo(was.duplicates(TOP));
    }

    private HeapReport report(Path dump) throws IOException {
        CaptureFacts facts = new CaptureFacts(
                "test", "file", Trigger.API, null, Instant.EPOCH, 0, 0, PauseSource.UNKNOWN, 0, null, JvmFacts.UNKNOWN);
        return HeapAnalyzer.analyze(dump, facts, request());
    }

    private HeapInspector inspector(Path dump) {
        return HeapInspector.of(dump, request());
    }

    private AnalysisRequest request() {
        return AnalysisRequest.builder().scratchDirectory(directory).build();
    }

    /** Class with its id → instances and their bytes, as the NetBeans library has it. */
    private static Map<String, List<Long>> library(Path dump) throws IOException {
        Heap heap = HeapFactory.createHeap(dump.toFile());
        Map<String, List<Long>> classes = new TreeMap<>();
        for (Object each : heap.getAllClasses()) {
            JavaClass type = (JavaClass) each;
            classes.put(
                    type.getName() + "@" + type.getJavaClassId(),
                    List.of((long) type.getInstancesCount(), type.getAllInstancesSize()));
        }
        classes.put(
                "all",
                List.of(
                        heap.getSummary().getTotalLiveInstances(),
                        heap.getSummary().getTotalLiveBytes()));
        return classes;
    }

    private static List<Jdk> jdks() {
        return Jdk.all();
    }
}
