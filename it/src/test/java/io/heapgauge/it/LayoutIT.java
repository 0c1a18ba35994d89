/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.report.Size;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shallow sizes are the VM's own: of an instance and the class mirror of thousands of JDK classes as an agent is told, and
 * of every class in the class histogram; with every header, reference size and alignment, told by flags or found out from
 * the dump alone.
 */
@Tag("once")
class LayoutIT {
    /** What the unused rest of a thread's allocation buffer is filled with until the thread goes on; by no two calls alike. */
    private static final Set<String> FILLERS = Set.of("int[]", "jdk.internal.vm.FillerObject");

    /** Class objects of archived or unlinked classes: in the heap, but not in dumps. Their sizes are compared one by one. */
    private static final String CLASS_OBJECTS = "java.lang.Class";

    /** Of many sizes, as arrays are. */
    private static final String STACK_CHUNK = "jdk.internal.vm.StackChunk";

    private static final int MANY = 100;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("runs")
    void every_size_is_that_of_the_vm(Jdk jdk, String flags, VmModel model) throws Exception {
        run(jdk, flags);
        checkVariety(jdk);
        check(SizedDump.read(directory.resolve("heap.hprof"), model), "vm flags: ", model);
        check(SizedDump.read(directory.resolve("heap.hprof"), null), "inferred from neighbouring addresses: ", model);
    }

    private void checkVariety(Jdk jdk) throws Exception {
        VmHistogram vm = VmHistogram.parse(Files.readString(directory.resolve("before.txt")));
        assertThat(vm.of("java.util.concurrent.atomic.Striped64$Cell").objects())
                .isGreaterThanOrEqualTo(MANY);
        assertThat(vm.of(LayoutProgram.Everything.class.getName()).objects()).isGreaterThanOrEqualTo(MANY);
        assertThat(vm.of(LayoutProgram.class.getName() + "$$Lambda").objects()).isGreaterThanOrEqualTo(MANY);
        if (jdk.feature() >= 25) {
            assertThat(vm.of(STACK_CHUNK).objects()).isGreaterThanOrEqualTo(MANY);
            assertThat(vm.of("java.lang.VirtualThread").objects()).isGreaterThanOrEqualTo(MANY);
        }
    }

    private void check(SizedDump dump, String source, VmModel model) throws Exception {
        assertThat(dump.sizesFrom())
                .startsWith(source + "header " + model.headerBytes() + ", references " + model.referenceBytes()
                        + ", alignment " + model.alignmentBytes());
        Map<String, Long> instances = truth("instance");
        Map<String, Long> mirrors = truth("mirror");
        assertThat(instances).hasSizeGreaterThan(4_000);
        assertThat(mirrors).hasSizeGreaterThan(6_000);
        assertThat(dump.instanceBytes()).containsAllEntriesOf(instances);
        assertThat(dump.mirrorBytes()).containsAllEntriesOf(mirrors);
        checkHistogram(dump);
    }

    private void checkHistogram(SizedDump dump) throws Exception {
        VmHistogram before = VmHistogram.parse(Files.readString(directory.resolve("before.txt")));
        VmHistogram after = VmHistogram.parse(Files.readString(directory.resolve("after.txt")));
        VmHistogram ours = dump.histogram();
        List<String> faults = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<String, Size> row : before.types().entrySet()) {
            String type = row.getKey();
            Size theirs = row.getValue();
            if (FILLERS.contains(type) || type.equals(CLASS_OBJECTS)) {
                continue;
            }
            Size found = ours.of(type);
            boolean alike = type.endsWith("[]") || type.equals(STACK_CHUNK)
                    ? isBetween(theirs, found, after.of(type))
                    : found.bytes() * theirs.objects() == theirs.bytes() * found.objects() && found.objects() > 0;
            compared++;
            if (!alike) {
                faults.add(type + ": VM " + theirs + ", ours " + found + ", VM " + after.of(type));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(compared).isGreaterThan(4_000);
    }

    /** Nothing is collected meanwhile, so what is between two histograms has at least the one's objects and bytes. */
    private static boolean isBetween(Size before, Size found, Size after) {
        return before.objects() <= found.objects()
                && found.objects() <= after.objects()
                && before.bytes() <= found.bytes()
                && found.bytes() <= after.bytes();
    }

    private Map<String, Long> truth(String what) throws Exception {
        Map<String, Long> bytes = new TreeMap<>();
        for (String line : Files.readAllLines(directory.resolve("truth.txt"))) {
            String[] words = line.split(" ");
            if (words[0].equals(what)) {
                bytes.put(words[1], Long.parseLong(words[2]));
            }
        }
        return bytes;
    }

    private void run(Jdk jdk, String flags) throws Exception {
        Path agent = directory.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), LayoutProgram.class.getName());
        try (OutputStream out = Files.newOutputStream(agent)) {
            new JarOutputStream(out, manifest).close();
        }
        List<String> arguments = new ArrayList<>(List.of(flags.split(" ")));
        // the compiled form of getObjectSize forgets the static fields of class objects
        arguments.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:DisableIntrinsic=_getObjectSize"));
        // loading thousands of classes would set off a collection between the histograms
        arguments.addAll(List.of("-XX:MetaspaceSize=256m", "-Xms512m", "-Xmx512m", "-Xmn300m"));
        arguments.add("-Djava.awt.headless=true");
        arguments.addAll(List.of("-javaagent:" + agent, "-cp", System.getProperty("java.class.path")));
        arguments.addAll(List.of(LayoutProgram.class.getName(), directory.toString()));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit()).as(jvm.output()).isZero();
        }
    }

    private static Stream<Arguments> runs() {
        return Jdk.all().stream().flatMap(jdk -> jdk.feature() >= 25 ? since25(jdk) : before25(jdk));
    }

    private static Stream<Arguments> before25(Jdk jdk) {
        return Stream.of(
                Arguments.of(jdk, "-XX:+UseG1GC", new VmModel(12, 4, 8, false)),
                Arguments.of(jdk, "-XX:+UseParallelGC -XX:ObjectAlignmentInBytes=16", new VmModel(12, 4, 16, false)),
                Arguments.of(jdk, "-XX:+UseSerialGC -XX:-UseCompressedOops", new VmModel(12, 8, 8, false)),
                Arguments.of(
                        jdk,
                        "-XX:+UseG1GC -XX:-UseCompressedOops -XX:-UseCompressedClassPointers",
                        new VmModel(16, 8, 8, false)),
                Arguments.of(jdk, "-XX:+UseZGC", new VmModel(12, 8, 8, false)));
    }

    private static Stream<Arguments> since25(Jdk jdk) {
        return Stream.of(
                Arguments.of(jdk, "-XX:+UseG1GC", new VmModel(12, 4, 8, true)),
                Arguments.of(jdk, "-XX:+UseParallelGC -XX:ObjectAlignmentInBytes=16", new VmModel(12, 4, 16, true)),
                Arguments.of(jdk, "-XX:+UseG1GC -XX:-UseCompressedOops", new VmModel(12, 8, 8, true)),
                Arguments.of(jdk, "-XX:+UseSerialGC -XX:-UseCompressedClassPointers", new VmModel(16, 4, 8, true)),
                Arguments.of(jdk, "-XX:+UseZGC", new VmModel(12, 8, 8, true)),
                Arguments.of(jdk, "-XX:+UseSerialGC -XX:+UseCompactObjectHeaders", new VmModel(8, 4, 8, true)),
                Arguments.of(jdk, "-XX:+UseZGC -XX:+UseCompactObjectHeaders", new VmModel(8, 8, 8, true)));
    }
}
