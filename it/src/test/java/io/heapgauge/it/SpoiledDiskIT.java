/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A disk that is full, fills up or turns read-only costs a capture, and never the service. */
@Tag("once")
class SpoiledDiskIT {
    @TempDir
    Path directory;

    private ForkedJvm start(Jdk jdk, Path dumps) throws IOException {
        ForkedJvm service = ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DiskService.class.getName(),
                        dumps.toString()));
        service.awaitLine("ready");
        return service;
    }

    /** What lies there, without the locks and the reports of the past. */
    private static List<Path> files(Path dumps) throws IOException {
        try (Stream<Path> all = Files.walk(dumps)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().matches("\\.lock|\\d{8}T.*\\.json"))
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void a_small_disk_costs_captures_and_nothing_else(Jdk jdk) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "size=4m,mode=0700")) {
            Path dumps = disk.root().resolve("dumps");
            try (ForkedJvm service = start(jdk, dumps)) {
                assertThat(service.ask("capture")).startsWith("REFUSED refused: the dump may take");
                long before = Long.parseLong(service.ask("served"));

                // the estimate fits and the dump does not
                disk.remount("size=" + (jdk.feature() > 21 ? 100 : 52) + "m");
                assertThat(service.ask("capture"))
                        .startsWith("FAILED capture failed: ")
                        .containsPattern("No space left|Failed to merge .* free");
                assertThat(files(dumps)).isEmpty();

                disk.remount("size=300m");
                assertThat(service.ask("capture")).startsWith("report ").endsWith("RETAINED");

                assertThat(service.ask("fill"))
                        .startsWith("FAILED analysis failed: ")
                        .contains("space");
                assertThat(files(dumps)).isEmpty();
                Files.delete(disk.root().resolve("filler"));

                assertThat(service.ask("capture")).startsWith("report ").endsWith("RETAINED");
                assertThat(Long.parseLong(service.ask("served"))).isGreaterThan(before + 1_000);
            }
            // a directory that is open for writing cannot be made read-only, so this is another life of the service
            disk.remount("ro");
            try (ForkedJvm service = start(jdk, dumps)) {
                assertThat(service.ask("capture"))
                        .startsWith("FAILED capture failed: ")
                        .containsIgnoringCase("read-only");
                disk.remount("rw");
                assertThat(service.ask("capture")).startsWith("report ").endsWith("RETAINED");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void a_directory_that_somebody_replaces_by_a_link_is_not_followed(Jdk jdk) throws Exception {
        Path dumps = directory.resolve("dumps");
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious.hprof"), "not ours");
        try (ForkedJvm service = start(jdk, dumps)) {
            assertThat(service.ask("capture")).startsWith("report ");
            Path away = Files.move(dumps, directory.resolve("away"));
            Files.createSymbolicLink(dumps, elsewhere);
            assertThat(service.ask("capture")).contains("is a symbolic link");
            assertThat(files(elsewhere))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("precious.hprof");
            Files.delete(dumps);
            Files.move(away, dumps);
            assertThat(service.ask("capture")).startsWith("report ");
        }
        assertThat(elsewhere.resolve("precious.hprof")).content().isEqualTo("not ours");
    }
}
