/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapThread;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ThreadStack;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.redact.RedactionRules;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.snapshot.MeasuresMessage;
import io.heapgauge.analysis.source.HprofSource;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private static final String VIRTUAL = "a virtual thread";
    private static final int WAITING = 40;
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
    void aDumpWithoutContentsThatIsReadOnceIsBrief() {
        CaptureTask task = new CaptureTask(RedactionRules.standard(), new byte[0][], CancelSignal.NEVER, any -> {});
        assertThat(SnapshotRequest.dump(directory.resolve("x"), task, 1).options())
                .isEqualTo(SnapshotRequest.BRIEF);
        assertThat(SnapshotRequest.dump(directory.resolve("x"), task.toKeep(), 1)
                        .options())
                .isEqualTo(SnapshotRequest.SYNC);
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
    void quickModeMeasuresInASnapshot() {
        HeapReport report = gauge.quick();
        assertThat(report.capture().engine()).isEqualTo(CaptureFacts.FORK_HISTOGRAM);
        assertThat(report.capture().isQuick()).isTrue();
        assertThat(report.capture().product()).isEqualTo(CaptureProduct.MEASURES);
        assertThat(report.analysis().level()).isEqualTo(Level.OWNED);
        assertThat(report.roots()).singleElement().satisfies(root -> {
            assertThat(root.state()).isEqualTo(RootState.MEASURED);
            assertThat(root.owned().total().objects()).isEqualTo(101);
            assertThat(root.reachable()).isEqualTo(root.owned());
            assertThat(root.retained()).isNull();
        });
        assertThat(gauge.latestReport()).contains(report);
        assertThat(report.types()).anyMatch(type -> type.type().equals("long[]") && type.objects() >= 100);
        assertThat(report.type("long[]").orElseThrow().reachable().objects()).isGreaterThanOrEqualTo(100);
        HeapTotals totals = report.totals();
        assertThat(totals.reachable().objects()
                        + totals.weaklyHeld().objects()
                        + totals.notReached().objects())
                .isEqualTo(totals.all().objects());
    }

    /** The same child writes the dump and measures: what it says must be what the analysis of the dump says. */
    @Test
    void whatTheChildMeasuresIsWhatTheAnalysisOfItsDumpMeasures() throws Exception {
        parkVirtualThreads();
        Path dump = directory.resolve("measured.hprof");
        CaptureTask task = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        List<RootDefinition> roots = List.of(
                root("pages", "static:" + getClass().getName() + "#PAGES"),
                root("virtual", "thread:" + VIRTUAL),
                root("me", "thread:" + Thread.currentThread().getName()));
        SnapshotPlan plan = SnapshotPlan.of(Level.RETAINED, 2, roots, Map.of());
        Snapshot snapshot = Snapshot.take(SnapshotRequest.dump(dump, task, 60).with(plan));
        AnalysisRequest request = AnalysisRequest.builder()
                .roots(roots)
                .vmModel(VmModels.ofThisVm())
                .directScratch()
                .build();
        HeapReport analysed = HeapAnalyzer.analyze(dump, Reports.capture(Trigger.API), request);
        HeapReport measured = HeapAnalyzer.ofSnapshot(snapshot.message(), Reports.capture(Trigger.API), request);
        assertThat(measured.totals().reachable()).isEqualTo(analysed.totals().reachable());
        assertThat(measured.totals().weaklyHeld()).isEqualTo(analysed.totals().weaklyHeld());
        assertThat(measured.roots()).isEqualTo(analysed.roots());
        assertThat(measured.root("pages").orElseThrow().retained().objects()).isEqualTo(101);
        assertThat(measured.root("me").orElseThrow().starts()).isGreaterThan(1);
        assertThat(measured.root("virtual").orElseThrow().state())
                .isEqualTo(Runtime.version().feature() < 21 ? RootState.GONE : RootState.MEASURED);
    }

    @Test
    void theFramesOfAThreadHaveTheirLines() throws Exception {
        Path dump = directory.resolve("lines.hprof");
        CaptureTask task = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        Object local = new Object();
        Snapshot.take(SnapshotRequest.dump(dump, task, 60));
        int line = new Throwable().getStackTrace()[0].getLineNumber() - 1;
        Reference.reachabilityFence(local);
        HprofSource source = HprofSource.open(dump, HprofSource.Options.DEFAULT, Monitor.NONE);
        source.scan(() -> IdSink.NONE);
        assertThat(source.threads().stream().flatMap(thread -> thread.frames().stream()))
                .filteredOn(frame -> frame.method().endsWith(".theFramesOfAThreadHaveTheirLines"))
                .extracting(ThreadStack.Frame::location)
                .containsExactly("ForkEngineTest.java:" + line);
    }

    /** The oldest thread first, and none before it: that is where the fork is, without any of them being halted before. */
    @Test
    void theForkIsAtTheFirstOfAllThreads() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> waiting = IntStream.range(0, WAITING)
                .mapToObj(i -> new Thread(() -> waitFor(over), "waiting-" + i))
                .toList();
        waiting.forEach(Thread::start);
        try {
            Path dump = directory.resolve("threads.hprof");
            CaptureTask task = CaptureTask.whole(CancelSignal.NEVER, any -> {});
            Snapshot snapshot = Snapshot.take(SnapshotRequest.dump(dump, task, 60));
            assertThat(snapshot.taken().atOnce()).isTrue();
            try (Heap heap = Heap.open(dump)) {
                assertThat(heap.threads().stream().map(HeapThread::name))
                        .contains(
                                "Reference Handler",
                                "Finalizer",
                                Thread.currentThread().getName())
                        .containsAll(waiting.stream().map(Thread::getName).toList());
            }
        } finally {
            over.countDown();
        }
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RootDefinition root(String name, String spec) {
        return new RootDefinition(name, RootSpec.parse(spec), List.of());
    }

    /** Each is measured, and none is lost, whatever becomes of the message's length. */
    @Test
    void aThousandRootsAreMeasured() {
        List<long[][]> held = IntStream.range(0, 1_000)
                .mapToObj(root -> new long[root % 7 + 1][3])
                .toList();
        for (int root = 0; root < held.size(); root++) {
            gauge.register("root-" + root, held.get(root));
        }
        HeapReport report = gauge.quick();
        assertThat(report.roots()).hasSize(1_001);
        for (int root = 0; root < held.size(); root++) {
            RootSummary summary = report.root("root-" + root).orElseThrow();
            assertThat(summary.state()).isEqualTo(RootState.MEASURED);
            assertThat(summary.owned().total().objects()).isEqualTo(root % 7 + 2);
        }
        Reference.reachabilityFence(held);
    }

    @Test
    void ofManyRootsTheLargestTypesAreToldAndTheSumsAreWhole() throws Exception {
        Path dump = directory.resolve("many.hprof");
        CaptureTask task = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        List<RootDefinition> roots = Stream.concat(
                        Stream.of(root("me", "thread:" + Thread.currentThread().getName())),
                        IntStream.range(0, 1_500).mapToObj(i -> root("gone " + i, "class:com.acme.Gone" + i)))
                .toList();
        SnapshotPlan plan = SnapshotPlan.of(Level.OWNED, 1, roots, Map.of());
        Snapshot snapshot = Snapshot.take(SnapshotRequest.dump(dump, task, 60).with(plan));
        AnalysisRequest request = AnalysisRequest.builder()
                .maxLevel(Level.OWNED)
                .maxRootTypes(10)
                .roots(roots)
                .vmModel(VmModels.ofThisVm())
                .directScratch()
                .build();
        RootSummary analysed = HeapAnalyzer.analyze(dump, Reports.capture(Trigger.API), request)
                .roots()
                .get(0);
        RootSummary measured = HeapAnalyzer.ofSnapshot(snapshot.message(), Reports.capture(Trigger.API), request)
                .roots()
                .get(0);
        assertThat(measured.reachable().total()).isEqualTo(analysed.reachable().total());
        assertThat(measured.reachable().typeCount()).isGreaterThan(100);
        assertThat(measured.reachable().types()).isEqualTo(analysed.reachable().types());
    }

    @Test
    void anAnswerThatIsTooLongEndsTheSnapshot() {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        SnapshotRequest request =
                SnapshotRequest.measures(SnapshotPlan.types(), 60).withMostAnswerBytes(10_000);
        assertThatThrownBy(() -> Snapshot.take(request))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 10000 bytes");
        assertThat(ProcessHandle.current().children()).isSubsetOf(before);
    }

    @Test
    void processesThatShareTheRootsSayWhatOneSays() throws Exception {
        List<RootDefinition> roots = IntStream.range(0, 200)
                .mapToObj(i -> i % 3 == 0
                        ? root("pages " + i, "static:" + getClass().getName() + "#PAGES")
                        : root("gone " + i, "class:com.acme.Gone" + i))
                .toList();
        for (int processes : new int[] {1, 2, 7, 64}) {
            SnapshotPlan plan = SnapshotPlan.of(Level.RETAINED, processes, roots, Map.of());
            List<MeasuresMessage.Root> measured = MeasuresMessage.parse(
                            Snapshot.take(SnapshotRequest.measures(plan, 60)).message())
                    .roots();
            assertThat(measured).hasSize(200);
            for (int i = 0; i < measured.size(); i++) {
                MeasuresMessage.Root root = measured.get(i);
                assertThat(root.state()).isEqualTo(i % 3 == 0 ? RootState.MEASURED : RootState.GONE);
                assertThat(i % 3 != 0 || root.reachable().total().objects() == 101)
                        .isTrue();
            }
        }
    }

    @Test
    void memoryOutsideOfTheHeapIsToldByType() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        System.gc(); // what captures before have left counts as long as it is there, and would go between the two
        long nativeBytes =
                gauge.quick().type("java.nio.DirectByteBuffer").orElseThrow().nativeBytes();
        assertThat(nativeBytes).isGreaterThanOrEqualTo(buffer.capacity());
        long later =
                gauge.capture().type("java.nio.DirectByteBuffer").orElseThrow().nativeBytes();
        assertThat(later).isEqualTo(nativeBytes);
        Reference.reachabilityFence(buffer);
    }

    /** Where the JDK has them: their stacks lie in the heap. */
    private static void parkVirtualThreads() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return;
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder");
        type.getMethod("name", String.class).invoke(builder, VIRTUAL);
        Method start = type.getMethod("start", Runnable.class);
        for (int i = 0; i < 30; i++) {
            start.invoke(builder, (Runnable) () -> {
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
                new ForkEngine(new ForkMemory(new MemoryReader(Path.of("/"))), 1),
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
                new ForkEngine(new ForkMemory(new MemoryReader(Path.of("/"))), 1),
                GaugeFixture.dumps(directory),
                any -> "no such VM");
        assertThat(engines.facts().name()).isEmpty();
        assertThat(engines.full()).isSameAs(other);
        assertThat(engines.facts().reason()).isEqualTo("the engine fork cannot be had: no such VM");
        assertThat(engines.pausesLong()).isTrue();
    }
}
