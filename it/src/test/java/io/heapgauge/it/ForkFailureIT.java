/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever befalls a snapshot, or is done to it by its host: the service goes on, and is told what happened. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ForkFailureIT {
    private static final Path AGENT = Path.of("target", "libhostile.so").toAbsolutePath();
    private static final int KILLS = Boolean.getBoolean("heapgauge.soak") ? 200 : 10;
    private static final int MEGABYTE = 1 << 20;
    private static final Jdk JDK = Jdk.all().get(0);

    @TempDir
    Path directory;

    @BeforeAll
    static void compileTheAgent() throws Exception {
        Path source = Path.of("src", "test", "c", "hostile.c").toAbsolutePath();
        NativeCompiler.find().library(AGENT, List.of(source), List.of("-O1"));
    }

    private ForkedJvm start(String engine, Path dumps, String... flags) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of("-Xmx96m", "-cp", System.getProperty("java.class.path")));
        arguments.addAll(List.of(DiskService.class.getName(), dumps.toString(), engine));
        ForkedJvm service = ForkedJvm.start(JDK, directory, arguments);
        service.awaitLine("ready");
        return service;
    }

    private ForkedJvm start(String engine, String... flags) throws IOException {
        return start(engine, directory.resolve("dumps"), flags);
    }

    private static String hostile(String ways) {
        return "-agentpath:" + AGENT + "=" + ways;
    }

    private static List<ProcessHandle> children(ForkedJvm service) {
        return ProcessHandle.of(service.pid()).orElseThrow().children().toList();
    }

    /** A capture that goes on: what its answer begins with, and the child it was seen to have. */
    private record Begun(String question, ProcessHandle child) {}

    /** Begins captures until a child is seen: on a quick machine it may be over between two looks. */
    private static Begun begin(ForkedJvm service, String command) throws IOException {
        for (int i = 0; i < 100; i++) {
            String question = service.question(command);
            while (!service.hasSaid(question)) {
                Optional<ProcessHandle> child = children(service).stream().findFirst();
                if (child.isPresent()) {
                    return new Begun(question, child.get());
                }
            }
        }
        throw new AssertionError("no child was seen:\n" + service.output());
    }

    /** It serves, has no child, and takes the next snapshot. */
    private static void unharmed(ForkedJvm service, long servedBefore) throws IOException {
        assertThat(service.ask("capture")).startsWith("report ").endsWith("fork RETAINED");
        assertThat(children(service)).isEmpty();
        assertThat(Long.parseLong(service.ask("served"))).isGreaterThan(servedBefore);
    }

    @ParameterizedTest(name = "error {0}")
    @CsvSource({"1, seccomp", "11, RLIMIT_NPROC", "12, overcommit"})
    void a_fork_that_the_kernel_refuses_from_the_start_leaves_the_other_engine(int error, String advice)
            throws Exception {
        try (ForkedJvm service = start("AUTO", hostile("r" + error))) {
            assertThat(service.ask("capture")).startsWith("report ").endsWith("hotspot RETAINED");
            assertThat(service.ask("engine"))
                    .startsWith("hotspot: the engine fork cannot be had: the first snapshot failed: the system refused")
                    .contains("error " + error)
                    .contains(advice);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"AUTO", "FORK"})
    void a_fork_that_the_kernel_refuses_later_is_replaced_or_told(String engine) throws Exception {
        try (ForkedJvm service = start(engine, hostile("l11"))) {
            assertThat(service.ask("capture")).startsWith("report ").endsWith("fork RETAINED");
            Files.createFile(directory.resolve("refuse"));
            service.awaitLine("hostile: forks are refused from now on");
            String answer = service.ask("capture");
            if (engine.equals("AUTO")) {
                assertThat(answer).startsWith("report ").endsWith("hotspot RETAINED");
            } else {
                assertThat(answer)
                        .startsWith("FAILED ")
                        .contains("the system refused the fork: error 11")
                        .contains("RLIMIT_NPROC");
            }
            assertThat(children(service)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"w", "ia"})
    void a_host_that_waits_for_any_child_or_ignores_its_end_does_not_matter(String ways) throws Exception {
        try (ForkedJvm service = start("FORK", hostile(ways))) {
            for (int i = 0; i < 3; i++) {
                assertThat(service.ask("capture")).startsWith("report ").endsWith("fork RETAINED");
            }
            assertThat(children(service)).isEmpty();
            // one that asks for children with a signal does not even see ours
            assertThat(service.output().contains("hostile: took the status")).isEqualTo(ways.contains("a"));
        }
    }

    @ParameterizedTest(name = "host waits for any child: {0}")
    @ValueSource(booleans = {false, true})
    void a_child_that_is_killed_costs_one_capture(boolean hostWaits) throws Exception {
        Random random = new Random(5);
        Map<String, Integer> ends = new TreeMap<>();
        try (ForkedJvm service = hostWaits ? start("FORK", hostile("a")) : start("FORK")) {
            long served = Long.parseLong(service.ask("served"));
            assertThat(service.ask("capture")).endsWith("fork RETAINED");
            for (int i = 0; i < KILLS; i++) {
                Begun begun = begin(service, "capture");
                Thread.sleep(random.nextInt(30));
                children(service).forEach(ProcessHandle::destroyForcibly);
                String answer = service.awaitLine(begun.question());
                ends.merge(answer.replaceAll("[0-9]+", "N"), 1, Integer::sum);
                assertThat(answer)
                        .matches("report .* fork RETAINED|FAILED capture failed: the snapshot's process ended .*");
            }
            System.out.println("children killed: " + ends);
            assertThat(ends.toString()).contains("FAILED").contains(hostWaits ? "somebody else" : "signal N");
            unharmed(service, served);
        }
        assertThat(dumpsIn(directory)).isEmpty();
    }

    /** The roots keep the sizes that they had, for objects by type are all that the VM itself can tell. */
    @Test
    void a_child_that_is_killed_while_it_measures_leaves_the_count_of_the_vm() throws Exception {
        try (ForkedJvm service = start("FORK")) {
            long served = Long.parseLong(service.ask("served"));
            assertThat(service.ask("quick")).isEqualTo("report 0 fork-histogram OWNED");
            Begun begun = begin(service, "quick");
            children(service).forEach(ProcessHandle::destroyForcibly);
            assertThat(service.awaitLine(begun.question())).isEqualTo("report 0 histogram TYPES");
            assertThat(service.output()).contains("objects are counted by the VM itself, for there is no snapshot");
            assertThat(service.ask("quick")).isEqualTo("report 0 fork-histogram OWNED");
            unharmed(service, served);
        }
    }

    @Test
    void a_disk_that_fills_up_under_the_child_costs_one_capture() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "size=300m,mode=0700");
                ForkedJvm service = start("FORK", disk.root().resolve("dumps"))) {
            long served = Long.parseLong(service.ask("served"));
            Begun begun = begin(service, "capture");
            String child = Long.toString(begun.child().pid());
            ForkedJvm.run("kill", "-STOP", child);
            disk.remount("size=" + (disk.usedBytes() + MEGABYTE));
            ForkedJvm.run("kill", "-CONT", child);
            assertThat(service.awaitLine(begun.question()))
                    .startsWith(
                            "FAILED capture failed: the snapshot cannot be written: error 28 (no space left on the disk)");
            assertThat(dumpsIn(disk.root())).isEmpty();
            disk.remount("size=300m");
            unharmed(service, served);
        }
    }

    @Test
    void a_directory_that_forbids_programs_is_named() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "size=300m,mode=0700,noexec");
                ForkedJvm service = start("AUTO", disk.root().resolve("dumps"))) {
            assertThat(service.ask("capture")).startsWith("report ").endsWith("hotspot RETAINED");
            assertThat(service.ask("engine")).startsWith("hotspot: ").contains("noexec");
        }
    }

    @Test
    void a_directory_that_vanishes_costs_one_capture_at_most() throws Exception {
        Path dumps = directory.resolve("dumps");
        try (ForkedJvm service = start("FORK")) {
            long served = Long.parseLong(service.ask("served"));
            assertThat(service.ask("capture")).startsWith("report ").endsWith("fork RETAINED");
            delete(dumps);
            assertThat(service.ask("capture")).matches("report .* fork RETAINED|FAILED .*" + dumps + ".*");
            Begun begun = begin(service, "capture");
            delete(dumps);
            assertThat(service.awaitLine(begun.question())).matches("report .* fork RETAINED|FAILED .*" + dumps + ".*");
            unharmed(service, served);
        }
    }

    private static List<Path> dumpsIn(Path where) throws IOException {
        try (Stream<Path> all = Files.walk(where)) {
            return all.filter(file -> file.toString().contains(".hprof")).toList();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
