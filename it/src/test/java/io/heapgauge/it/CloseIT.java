/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a closed gauge leaves behind: the dumps that somebody asked to keep, its history, and nothing else. */
@EnabledOnOs(OS.LINUX) // reads /proc
class CloseIT {
    private static final ObjectName GAUGE = JmxClient.gauge("it");
    private static final int KILLED_BY_USR1 = 128 + 10;
    private static final Pattern MAPPING = Pattern.compile("^[0-9a-f]+-[0-9a-f]+ ");

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void nothing_of_a_closed_gauge_is_left_in_its_process(Jdk jdk) throws Exception {
        try (RunningService service = RunningService.start(jdk, directory)) {
            JmxClient jmx = service.jmx();
            service.grow(1_000);
            service.open();
            jmx.invoke(GAUGE, "capture", "");
            service.jvm().signal("USR1");
            await().atMost(Duration.ofSeconds(60)).until(() -> "signal".equals(jmx.attribute(GAUGE, "LastTrigger")));
            assertThat(heapgaugeThreads(jmx)).isNotEmpty();
            assertThat(jmx.gauges()).containsExactly(GAUGE);
            assertThat(jmx.eventTypes()).hasSize(7);
            assertThat(service.scrape().ofHeapgauge()).isNotEmpty();
            assertThat(filesBelow(service.workDirectory())).isNotEmpty();

            service.closeGauge();

            assertThat(heapgaugeThreads(jmx)).isEmpty();
            assertThat(jmx.gauges()).isEmpty();
            assertThat(jmx.eventTypes()).isEmpty();
            assertThat(service.scrape().ofHeapgauge()).isEmpty();
            assertThat(filesBelow(service.workDirectory())).isEmpty();
            assertThat(openFilesOf(service)).isEmpty();
            assertThat(residentKilobytesOfMappings(service)).isZero();

            jmx.close();
            // the VM's own reaction is back: a JVM without a handler dies of this signal
            service.jvm().signal("USR1");
            assertThat(service.jvm().awaitExit()).isEqualTo(KILLED_BY_USR1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void a_dump_that_was_kept_on_purpose_is_all_that_stays_and_only_its_owner_may_read_it(Jdk jdk) throws Exception {
        try (RunningService service = RunningService.start(jdk, directory)) {
            service.open();
            String dumpName = (String) service.jmx().invoke(GAUGE, "dump", "night");

            service.closeGauge();

            List<Path> left = filesBelow(service.workDirectory());
            assertThat(left).extracting(file -> file.getFileName().toString()).containsExactly(dumpName);
            assertThat(Files.getPosixFilePermissions(left.get(0)))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
    }

    private static List<String> heapgaugeThreads(JmxClient jmx) throws IOException {
        ThreadMXBean threads = jmx.platform(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(CloseIT::isOurs)
                .map(ThreadInfo::getThreadName)
                .toList();
    }

    private static boolean isOurs(ThreadInfo thread) {
        return thread.getThreadName().startsWith("heapgauge")
                || Arrays.stream(thread.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .anyMatch(name -> name.startsWith("io.heapgauge.") && !name.startsWith("io.heapgauge.it."));
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !isHistory(file))
                    .toList();
        }
    }

    /** Reports of the past, for the next process. */
    private static boolean isHistory(Path file) {
        return file.toString().contains("/dumps/history/it/") && file.toString().endsWith(".json");
    }

    private static List<String> openFilesOf(RunningService service) throws IOException {
        try (Stream<Path> descriptors = Files.list(proc(service).resolve("fd"))) {
            return descriptors
                    .flatMap(CloseIT::target)
                    .filter(target -> target.startsWith(prefix(service)))
                    .toList();
        }
    }

    /**
     * What the process has in memory of files of the gauge. Java unmaps a buffer only when it is collected; until then
     * a deleted file that was cut to nothing is mapped and holds neither memory nor blocks. A native library stays as long as
     * the class loader that loaded it, and serves the next gauge.
     */
    private static long residentKilobytesOfMappings(RunningService service) throws IOException {
        long kilobytes = 0;
        boolean ours = false;
        for (String line : Files.readAllLines(proc(service).resolve("smaps"))) {
            if (MAPPING.matcher(line).find()) {
                ours = line.contains(prefix(service)) && !line.contains("/libheapgauge-");
            } else if (ours && line.startsWith("Rss:")) {
                kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kilobytes;
    }

    private static Path proc(RunningService service) {
        return Path.of("/proc", Long.toString(service.jvm().pid()));
    }

    private static String prefix(RunningService service) {
        return service.workDirectory().toAbsolutePath() + "/";
    }

    private static Stream<String> target(Path descriptor) {
        try {
            return Stream.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Stream.of(); // closed since it was listed
        }
    }
}
