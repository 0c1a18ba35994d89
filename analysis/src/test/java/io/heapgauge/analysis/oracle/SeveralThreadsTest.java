/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofStretches;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralThreadsTest {
    private static final int HEAPS = 120;

    @TempDir
    Path directory;

    @Test
    void several_threads_find_what_one_finds() throws IOException {
        int stretches = 0;
        for (int seed = 0; seed < HEAPS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.segmentBytes(16 << seed % 6).write(directory.resolve("random.hprof"));
            AnalysisRequest.Builder request = AnalysisRequest.builder().roots(random.roots);
            HeapReport alone = analyze(dump, request);
            HeapReport together = analyze(dump, request.threads(2 + seed % 3));
            String which = "seed " + seed;
            assertThat(together.totals()).as(which).isEqualTo(alone.totals());
            assertThat(together.types()).as(which).isEqualTo(alone.types());
            assertThat(together.roots()).as(which).isEqualTo(alone.roots());
            assertThat(together.retainers()).as(which).isEqualTo(alone.retainers());
            assertThat(together.analysis().references())
                    .as(which)
                    .isEqualTo(alone.analysis().references());
            assertThat(together.analysis().missingReferences())
                    .as(which)
                    .isEqualTo(alone.analysis().missingReferences());
            stretches += HprofStretches.of(dump, HprofScanner.prefix(dump, new HprofVisitor() {}), 1)
                    .map(HprofStretches::count)
                    .orElse(0);
        }
        // or there would be nothing to share
        assertThat(stretches).isGreaterThan(10 * HEAPS);
    }

    @Test
    void big_objects_that_several_threads_meet_at_once_keep_their_sizes() throws IOException {
        FixtureHeap heap = new FixtureHeap().segmentBytes(10_000);
        Map<Long, Long> sizes = new HashMap<>();
        for (int i = 0; i < 6_000; i++) {
            long id = heap.byteArray(new byte[2_100 + i % 50]);
            sizes.put(id, heap.shallowBytes(id));
        }
        Path dump = heap.write(directory.resolve("big.hprof"));
        for (int round = 0; round < 10; round++) {
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HprofSource source =
                        HprofSource.open(dump, new HprofSource.Options(VmModel.DEFAULT, 4, List.of()), Monitor.NONE);
                HeapGraph graph = HeapGraph.build(source, FieldRules.of(List.of()), scratch, Monitor.NONE);
                sizes.forEach((id, bytes) ->
                        assertThat(graph.bytesOf(graph.ordinalOf(id))).isEqualTo(bytes));
            }
        }
    }

    @Test
    void a_dump_that_is_cut_anywhere_tells_the_same_with_several_threads() throws IOException {
        RandomHeap random = new RandomHeap(5);
        byte[] whole = Files.readAllBytes(random.heap.segmentBytes(64).write(directory.resolve("random.hprof")));
        Path cut = directory.resolve("cut.hprof");
        for (int length = 40; length < whole.length; length += 97) {
            Files.write(cut, Arrays.copyOf(whole, length));
            Throwable alone = failure(cut, 1);
            assertThat(alone).as("cut at " + length).isInstanceOf(HprofException.class);
            assertThat(failure(cut, 3)).as("cut at " + length).hasMessage(alone.getMessage());
        }
    }

    @Test
    void damage_in_several_places_is_told_as_one_thread_tells_it() throws IOException {
        int failed = 0;
        for (int seed = 0; seed < HEAPS; seed++) {
            RandomHeap heap = new RandomHeap(seed);
            Path dump = heap.heap.segmentBytes(64).write(directory.resolve("random.hprof"));
            byte[] bytes = Files.readAllBytes(dump);
            Random random = new Random(seed);
            for (int i = 0; i < 6; i++) {
                bytes[bytes.length / 2 + random.nextInt(bytes.length / 2)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(dump, bytes);
            Throwable alone = failure(dump, 1);
            Throwable together = failure(dump, 3);
            assertThat(together).as("seed " + seed).hasSameClassAs(alone).hasMessage(alone.getMessage());
            failed += alone instanceof IOException ? 1 : 0;
        }
        assertThat(failed).isBetween(HEAPS / 4, HEAPS);
    }

    @Test
    void a_wish_to_stop_reaches_every_thread_and_leaves_none_behind() throws IOException {
        RandomHeap random = new RandomHeap(3);
        Path dump = random.heap.segmentBytes(32).write(directory.resolve("random.hprof"));
        int cancelled = 0;
        for (boolean done = false; !done; ) {
            AtomicInteger left = new AtomicInteger(cancelled);
            try {
                analyze(dump, AnalysisRequest.builder().threads(3).cancel(() -> left.getAndDecrement() <= 0));
                done = true;
            } catch (AnalysisCancelledException e) {
                cancelled++;
            }
        }
        assertThat(cancelled).isGreaterThan(20);
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        assertThat(threads).noneMatch(thread -> thread.getName().startsWith("heapgauge-scan"));
    }

    private Throwable failure(Path dump, int threads) {
        try {
            analyze(dump, AnalysisRequest.builder().threads(threads));
            return new AssertionError("no failure");
        } catch (IOException e) {
            return e;
        }
    }

    private HeapReport analyze(Path dump, AnalysisRequest.Builder request) throws IOException {
        return HeapAnalyzer.analyze(
                dump, FixtureFacts.FILE, request.scratchDirectory(directory).build());
    }
}
