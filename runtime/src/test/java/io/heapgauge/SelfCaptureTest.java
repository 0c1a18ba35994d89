/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real captures of this very VM. */
@Timeout(120)
class SelfCaptureTest {
    private static final int SLOTS = 100;
    private static final int PAGE_BYTES = 1_000;
    private static final int MARKERS = 321;

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VmModel vm = Objects.requireNonNull(VmModels.ofThisVm());
    private final byte[][] pages = new byte[SLOTS][PAGE_BYTES];
    private final Object[] holder = new Object[2];
    private HeapGauge gauge;

    /** A class of its own, so that the test knows how many there are. */
    static final class Marker {}

    /** What a static root finds. */
    static final class Catalog {
        static Object[] instance;
    }

    @BeforeEach
    void start() {
        gauge = HeapGauge.builder()
                .name("self")
                .directory(directory.resolve("dumps"))
                .discoverListeners(false)
                .minimumInterval(Duration.ZERO)
                .meterRegistry(registry)
                .root("pages", pages)
                .root("holder", holder)
                .root("catalog", RootSpec.staticField(Catalog.class.getName(), "instance"))
                .root("markers", RootSpec.instancesOf(Marker.class.getName()))
                .start();
    }

    @AfterEach
    void close() {
        gauge.close();
    }

    private long pagesBytes() {
        return vm.arrayBytes(SLOTS, vm.referenceBytes()) + SLOTS * vm.arrayBytes(PAGE_BYTES, 1);
    }

    private static RootSummary root(HeapReport report, String name) {
        return report.root(name).orElseThrow();
    }

    @Test
    void aRegisteredObjectIsFoundAgainAndItsSizeIsRight() {
        HeapReport report = gauge.capture();
        RootSummary found = root(report, "pages");
        assertThat(found.state()).isEqualTo(RootState.MEASURED);
        assertThat(found.starts()).isOne();
        assertThat(found.owned().total()).isEqualTo(new Size(1 + SLOTS, pagesBytes()));
        assertThat(found.reachable().total()).isEqualTo(new Size(1 + SLOTS, pagesBytes()));
        assertThat(found.owned().types())
                .extracting(TypeSummary::type, TypeSummary::objects)
                .containsExactly(tuple("byte[]", (long) SLOTS), tuple("byte[][]", 1L));
    }

    @Test
    void theReportTellsHowItCameToBe() {
        HeapReport report = gauge.capture();
        assertThat(report.analysis().level()).isEqualTo(Level.RETAINED);
        assertThat(report.capture().engine()).isEqualTo(gauge.engine().name());
        assertThat(report.capture().gauge()).isEqualTo("self");
        assertThat(report.capture().dumpBytes()).isGreaterThan(1_000_000);
        assertThat(report.capture().dumpName()).isNull();
        assertThat(report.capture().pauseSource())
                .isEqualTo(gauge.engine().name().equals("fork") ? PauseSource.SAFEPOINT : PauseSource.OBSERVED_GAP);
        assertThat(report.capture().jvm().pid())
                .isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void whatTwoRootsShareIsReachableFromBothAndOwnedByTheOneThatStartsThere() {
        holder[0] = pages;
        holder[1] = new byte[PAGE_BYTES];
        HeapReport report = gauge.capture();
        long ownBytes = vm.arrayBytes(2, vm.referenceBytes()) + vm.arrayBytes(PAGE_BYTES, 1);
        assertThat(root(report, "holder").reachable().total())
                .isEqualTo(new Size(2 + 1 + SLOTS, ownBytes + pagesBytes()));
        assertThat(root(report, "holder").owned().total()).isEqualTo(new Size(2, ownBytes));
    }

    @Test
    void staticFieldsAndInstancesAreFoundByTheirSpecification() {
        Object[] markers = new Object[MARKERS];
        for (int i = 0; i < MARKERS; i++) {
            markers[i] = new Marker();
        }
        Catalog.instance = markers;
        HeapReport report = gauge.capture();
        long markerBytes = vm.align(vm.headerBytes());
        assertThat(root(report, "catalog").owned().total())
                .isEqualTo(new Size(1 + MARKERS, vm.arrayBytes(MARKERS, vm.referenceBytes()) + MARKERS * markerBytes));
        assertThat(root(report, "markers").starts()).isEqualTo(MARKERS);
        assertThat(root(report, "markers").owned().total()).isEqualTo(new Size(MARKERS, MARKERS * markerBytes));

        Catalog.instance = null;
        HeapReport next = gauge.capture();
        assertThat(root(next, "catalog").state()).isEqualTo(RootState.GONE);
        assertThat(registry.find("heapgauge.root.owned").tag("root", "catalog").gauge())
                .isNull();
    }

    @Test
    void rootsComeAndGoWhileTheGaugeRuns() {
        int[] late = new int[10_000];
        gauge.register("late", late);
        assertThat(root(gauge.capture(), "late").owned().total()).isEqualTo(new Size(1, vm.arrayBytes(10_000, 4)));
        assertThat(late).hasSize(10_000);
        assertThat(gauge.unregister("late")).isTrue();
        assertThat(gauge.capture().root("late")).isEmpty();
        Object thread = RootSpec.thread(Thread.currentThread().getName());
        gauge.register("late", thread);
        assertThat(root(gauge.capture(), "late").spec()).isEqualTo(thread.toString());
    }

    @Test
    void aRootThatNothingElseHoldsDoesNotLiveOnForTheGauge() {
        gauge.register("garbage", new byte[PAGE_BYTES]);
        System.gc();
        RootSummary root = root(gauge.capture(), "garbage");
        assertThat(root.state()).isIn(RootState.GONE, RootState.NOT_REACHED);
        assertThat(root.owned()).isNull();
    }

    @Test
    void theMetricsSayWhatTheReportSays() {
        HeapReport report = gauge.capture();
        assertThat(registry.get("heapgauge.root.owned")
                        .tag("root", "pages")
                        .gauge()
                        .value())
                .isEqualTo(pagesBytes());
        double typed = registry.get("heapgauge.type.size").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
        assertThat(typed).isEqualTo(report.totals().all().bytes());
        assertThat(registry.get("heapgauge.capture").tag("mode", "full").timer().count())
                .isOne();
        assertThat(registry.get("heapgauge.capture.pause")
                        .tag("engine", report.capture().engine())
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.get("heapgauge.analysis").timer().count()).isOne();
    }

    @Test
    void aSecondGaugesEntriesAreNotTakenForOurs() {
        try (HeapGauge other = HeapGauge.builder()
                .name("other")
                .directory(directory.resolve("others"))
                .discoverListeners(false)
                .root("pages", new byte[1])
                .start()) {
            assertThat(root(gauge.capture(), "pages").owned().total().bytes()).isEqualTo(pagesBytes());
            assertThat(other.lastReport()).isEmpty();
        }
    }
}
