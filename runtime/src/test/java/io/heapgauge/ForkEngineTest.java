/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trigger;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real snapshots of this very VM. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ForkEngineTest {
    private static final long[][] PAGES = new long[100][100];

    @TempDir
    Path directory;

    private HeapGauge gauge;

    @BeforeEach
    void start() {
        gauge = HeapGauge.builder()
                .name("forked")
                .directory(directory)
                .minimumInterval(Duration.ZERO)
                .quickEvery(null)
                .freeSpaceFloor(0)
                .discoverListeners(false)
                .allowKeep(true)
                .engine(EngineChoice.AUTO)
                .root("pages", PAGES)
                .start();
        await().until(() -> !gauge.engine().name().isEmpty());
        assumeTrue(
                gauge.engine().name().equals(ForkEngine.NAME),
                () -> "without the fork engine: " + gauge.engine().reason());
    }

    @AfterEach
    void close() {
        gauge.close();
    }

    @Test
    void aFullCaptureIsASnapshotAndTellsItsPause() {
        HeapReport report = gauge.capture();
        assertThat(report.capture().engine()).isEqualTo("fork");
        assertThat(report.capture().product()).isEqualTo(CaptureProduct.STRUCTURE);
        assertThat(report.capture().pauseSource()).isEqualTo(PauseSource.SAFEPOINT);
        assertThat(report.capture().pauseNanos())
                .isPositive()
                .isLessThan(report.capture().captureNanos());
        assertThat(report.analysis().level()).isEqualTo(Level.RETAINED);
        assertThat(report.roots()).singleElement().satisfies(root -> {
            assertThat(root.state()).isEqualTo(RootState.MEASURED);
            assertThat(root.owned().total().objects()).isEqualTo(101);
        });
        assertThat(gauge.engine().reason()).contains("roots with a pause of");
    }

    @Test
    void aDumpThatStaysHasReachedTheDisk() {
        CaptureTask task = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        assertThat(SnapshotRequest.dump(directory.resolve("x"), task, 1).options())
                .isZero();
        assertThat(SnapshotRequest.dump(directory.resolve("x"), task.toKeep(), 1)
                        .options())
                .isEqualTo(SnapshotRequest.SYNC);
        HeapReport kept = gauge.capture(new CaptureRequest(Trigger.API, "kept", true));
        assertThat(gauge.directory()).isNotEmptyDirectory();
        assertThat(kept.capture().dumpName()).contains("kept");
    }

    @Test
    void quickModeCountsInASnapshot() {
        HeapReport report = gauge.quick();
        assertThat(report.capture().engine()).isEqualTo(CaptureFacts.FORK_HISTOGRAM);
        assertThat(report.capture().isQuick()).isTrue();
        assertThat(report.capture().product()).isEqualTo(CaptureProduct.TYPES);
        assertThat(report.types()).anyMatch(type -> type.type().equals("long[]") && type.objects() >= 100);
        assertThat(report.type("long[]").orElseThrow().reachable().objects()).isGreaterThanOrEqualTo(100);
        HeapTotals totals = report.totals();
        assertThat(totals.reachable().objects()
                        + totals.weaklyHeld().objects()
                        + totals.notReached().objects())
                .isEqualTo(totals.all().objects());
    }

    /** The same child writes the dump and marks: what it says must be what the analysis of the dump says. */
    @Test
    void whatTheChildReachesIsWhatTheAnalysisOfItsDumpReaches() throws Exception {
        parkVirtualThreads();
        Path dump = directory.resolve("marked.hprof");
        CaptureTask task = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        Snapshot snapshot = Snapshot.take(SnapshotRequest.dump(dump, task, 60).with(SnapshotRequest.MARK));
        AnalysisRequest request = AnalysisRequest.builder()
                .maxLevel(Level.OWNED)
                .vmModel(VmModels.ofThisVm())
                .directScratch()
                .build();
        HeapTotals totals = HeapAnalyzer.analyze(dump, Reports.capture(Trigger.API), request)
                .totals();
        assertThat(new Size(
                        snapshot.outcome().reachedObjects(), snapshot.outcome().reachedBytes()))
                .isEqualTo(totals.reachable());
        assertThat(new Size(snapshot.outcome().weakObjects(), snapshot.outcome().weakBytes()))
                .isEqualTo(totals.weaklyHeld());
    }

    /** Where the JDK has them: their stacks lie in the heap. */
    private static void parkVirtualThreads() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return;
        }
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        for (int i = 0; i < 30; i++) {
            start.invoke(null, (Runnable) () -> {
                long[] held = new long[1_000];
                LockSupport.parkNanos(held, TimeUnit.MINUTES.toNanos(2));
            });
        }
    }

    @Test
    void theSnapshotsCountIsThatOfTheVm() {
        assertThat(gauge.compareEngines()).contains("objects in the snapshot");
    }

    @Test
    void noChildIsLeftNotEvenAZombie() {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        gauge.quick();
        gauge.capture();
        assertThat(ProcessHandle.current().children()).isSubsetOf(before);
    }

    @Test
    void whereTheForkIsWantedAndCannotBeHadNothingElseIsTaken() {
        Engines engines = new Engines(
                EngineChoice.FORK,
                Gate.open(),
                new ForkEngine(new ForkMemory(new MemoryReader(Path.of("/")))),
                GaugeFixture.dumps(directory),
                any -> "no such VM");
        assertThat(engines.decide())
                .isEqualTo(new EngineFacts("none", "the engine fork was chosen and cannot be had: no such VM"));
        assertThatThrownBy(engines::full).isInstanceOf(Refusal.class).hasMessageContaining("no such VM");
        assertThat(engines.fallback()).isNull();
    }

    @Test
    void whereTheForkCannotBeHadTheOtherEngineSaysWhy() throws Exception {
        Gate other = Gate.open();
        Engines engines = new Engines(
                EngineChoice.AUTO,
                other,
                new ForkEngine(new ForkMemory(new MemoryReader(Path.of("/")))),
                GaugeFixture.dumps(directory),
                any -> "no such VM");
        assertThat(engines.facts().name()).isEmpty();
        assertThat(engines.full()).isSameAs(other);
        assertThat(engines.facts().reason()).isEqualTo("the engine fork cannot be had: no such VM");
        assertThat(engines.pausesLong()).isTrue();
    }
}
