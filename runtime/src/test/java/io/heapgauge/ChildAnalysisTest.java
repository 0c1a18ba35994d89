/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChildAnalysisTest {
    private static final ChildJvm SMALL = new ChildJvm(64L << 20, 5);

    @TempDir
    Path directory;

    private final List<String> cache = new ArrayList<>(List.of("one", "two", "three"));

    private HeapGaugeBuilder gauge() {
        return HeapGauge.builder()
                .name("child")
                .directory(directory.resolve("dumps"))
                .discoverListeners(false)
                .minimumInterval(Duration.ZERO)
                .freeSpaceFloor(0)
                .quickEvery(null)
                .cpuShare(1)
                .root("cache", cache)
                .analyzeInChildJvm(SMALL);
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    @AfterEach
    void nothingIsLeft() {
        await().until(() -> children().isEmpty());
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("heapgauge-child"));
    }

    @Test
    void itFindsOutWhatAnAnalysisInTheHostFindsOut() {
        try (HeapGauge gauge = gauge().start()) {
            HeapReport report = gauge.capture();
            assertThat(report.capture().gauge()).isEqualTo("child");
            assertThat(report.capture().trigger()).isEqualTo(Trigger.API);
            assertThat(report.capture().pauseNanos()).isPositive();
            assertThat(report.analysis().level()).isEqualTo(Level.RETAINED);
            assertThat(report.analysis().shallowSizes()).startsWith("vm flags");
            assertThat(report.root("cache")).hasValueSatisfying(root -> {
                assertThat(root.state()).isEqualTo(RootState.MEASURED);
                assertThat(root.owned().total().objects()).isGreaterThanOrEqualTo(5);
                assertThat(root.retained()).isNotNull();
            });
            assertThat(report.retainers()).hasSize(1_000);
            assertThat(report.heldByRoots()).isNotEmpty();
            assertThat(report.growth()).isNotNull();
            assertThat(gauge.capture().growth().captures()).isEqualTo(2);
        }
    }

    @Test
    void aDamagedDumpIsToldInTheSameWords() {
        CaptureEngine broken = Gate.open();
        String inHost = failure(gauge().analyzeInChildJvm(null).engine(broken));
        String inChild = failure(gauge().engine(broken));
        assertThat(inChild).contains("at offset").contains("not an hprof file");
        assertThat(withoutPath(inChild)).isEqualTo(withoutPath(inHost));
    }

    private static String failure(HeapGaugeBuilder builder) {
        try (HeapGauge gauge = builder.start()) {
            assertThatThrownBy(gauge::capture).isInstanceOf(CaptureException.class);
            return gauge.lastFailure().orElseThrow().message();
        }
    }

    private static String withoutPath(String message) {
        return message.replaceAll("/\\S+\\.hprof", "FILE");
    }

    @Test
    void aCancelEndsTheChild() {
        try (HeapGauge gauge = gauge().cpuShare(0.05).start()) {
            CompletableFuture<HeapReport> answer = gauge.captureAsync(CaptureRequest.of(Trigger.API));
            await().atMost(Duration.ofSeconds(60)).until(() -> gauge.phase().startsWith("reading references"));
            assertThat(children()).hasSize(1);
            assertThat(gauge.cancel()).isTrue();
            assertThatThrownBy(answer::get).hasMessageContaining("cancelled while reading references");
            assertThat(gauge.lastFailure().orElseThrow().outcome()).isEqualTo(CaptureOutcome.CANCELLED);
        }
    }

    @Test
    void aChildThatIsKilledIsAFailureThatSaysSo() {
        try (HeapGauge gauge = gauge().cpuShare(0.05).start()) {
            CompletableFuture<HeapReport> answer = gauge.captureAsync(CaptureRequest.of(Trigger.API));
            await().atMost(Duration.ofSeconds(60)).until(() -> gauge.phase().startsWith("counting objects"));
            children().forEach(ProcessHandle::destroyForcibly);
            assertThatThrownBy(answer::get)
                    .hasMessageContaining("analysis failed: the JVM of the analysis ended with exit code 137 while")
                    .hasMessageContaining("killed");
        }
    }

    @Test
    void closingTheGaugeEndsTheChild() {
        HeapGauge gauge = gauge().cpuShare(0.05).start();
        gauge.captureAsync(CaptureRequest.of(Trigger.API));
        await().atMost(Duration.ofSeconds(60)).until(() -> gauge.phase().startsWith("counting objects"));
        gauge.close();
        assertThat(children()).isEmpty();
    }
}
