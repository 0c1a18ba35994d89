/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReportHistoryTest {
    static final class Leaked {
        final byte[] payload = new byte[1_000];
    }

    private static final List<Leaked> LEAK = new ArrayList<>();

    @TempDir
    Path directory;

    private HeapGaugeBuilder gauge() {
        return HeapGauge.builder()
                .name("history")
                .directory(directory.resolve("dumps"))
                .discoverListeners(false)
                .minimumInterval(Duration.ZERO)
                .freeSpaceFloor(0)
                .quickEvery(null)
                .cpuShare(1)
                .historySize(10);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("dumps/history/history"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static void leak(int objects) {
        for (int i = 0; i < objects; i++) {
            LEAK.add(new Leaked());
        }
    }

    @Test
    void aLeakIsSuspectedOverRestartsWithAPathAndAMetric() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        HeapReport last = null;
        for (int life = 0; life < 3; life++) {
            try (HeapGauge gauge =
                    gauge().meterRegistry(registry).topTypes(1_000).start()) {
                for (int capture = 0; capture < 2; capture++) {
                    leak(1_000);
                    last = gauge.capture();
                }
                double growth = life == 0
                        ? 1
                        : registry.get("heapgauge.type.growth")
                                .tag("type", Leaked.class.getName())
                                .gauge()
                                .value();
                assertThat(growth).isPositive();
            }
        }
        Growth growth = last.growth();
        assertThat(growth.captures()).isEqualTo(6);
        assertThat(growth.suspects().get(0).trend().name()).isEqualTo(Leaked.class.getName());
        assertThat(growth.suspects().get(0).paths().commonest())
                .contains(ReportHistoryTest.class.getName())
                .endsWith(Leaked.class.getName());
        assertThat(files()).hasSize(6);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                .isEqualTo("rw-------");
    }

    @Test
    void theOldestReportsGoAndTheModesDoNotMix() throws IOException {
        try (HeapGauge gauge =
                gauge().engine(EngineChoice.HOTSPOT).historySize(2).start()) {
            for (int i = 0; i < 4; i++) {
                gauge.quick();
            }
            gauge.capture();
            assertThat(gauge.quick().growth().captures()).isEqualTo(3);
            assertThat(gauge.growth().orElseThrow().captures()).isOne();
        }
        assertThat(files()).hasSize(3);
    }

    @Test
    void aBaselineOutlivesTheProcess() {
        String marked;
        try (HeapGauge gauge = gauge().start()) {
            assertThat(gauge.markBaseline()).isEmpty();
            gauge.capture();
            gauge.capture();
            marked = gauge.markBaseline().orElseThrow().toString();
        }
        leak(100);
        try (HeapGauge gauge = gauge().start()) {
            Growth growth = gauge.capture().growth();
            assertThat(growth.baselineAt()).hasToString(marked);
            assertThat(growth.sinceBaseline()).anySatisfy(change -> {
                assertThat(change.type()).isEqualTo(Leaked.class.getName());
                assertThat(change.deltaObjects()).isEqualTo(100);
            });
        }
    }

    @Test
    void whatIsDamagedIsLeftOutAndWhatIsNotOursIsLeftAlone() throws IOException {
        try (HeapGauge gauge = gauge().start()) {
            gauge.capture();
            gauge.capture();
        }
        Files.writeString(files().get(0), "{\"schema\":1");
        Path notes = Files.writeString(files().get(0).resolveSibling("notes.txt"), "not ours");
        Path half = Files.writeString(files().get(0).resolveSibling("x.json.part"), "half");
        try (HeapGauge gauge = gauge().start()) {
            assertThat(gauge.capture().growth().captures()).isEqualTo(2);
        }
        assertThat(notes).exists();
        assertThat(half).doesNotExist();
    }

    @Test
    void twoGaugesOfOneNameDoNotMixTheirHistories() throws IOException {
        try (HeapGauge one = gauge().start();
                HeapGauge other = gauge().start()) {
            one.capture();
            assertThat(other.capture().growth().captures()).isOne();
            assertThat(one.capture().growth().captures()).isEqualTo(2);
            // whichever had the directory first
            assertThat(files()).hasSizeBetween(1, 2);
        }
    }

    @Test
    void withoutHistoryNothingIsWrittenAndNothingCompared() {
        try (HeapGauge gauge = gauge().historySize(0).start()) {
            gauge.capture();
            assertThat(gauge.capture().growth()).isNull();
            assertThat(gauge.growth()).isEmpty();
        }
        assertThat(directory.resolve("dumps/history")).doesNotExist();
    }
}
