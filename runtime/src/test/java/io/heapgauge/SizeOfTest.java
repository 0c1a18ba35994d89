/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.report.TypeSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class SizeOfTest {
    private static final int ARRAYS = 50;

    @TempDir
    Path directory;

    private HeapGaugeBuilder builder() {
        return HeapGauge.builder()
                .directory(directory)
                .minimumInterval(Duration.ZERO)
                .quickEvery(null)
                .freeSpaceFloor(0)
                .cpuShare(1)
                .discoverListeners(false);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOTSPOT", "AUTO"})
    void an_object_is_measured_with_all_that_it_reaches(EngineChoice engine) throws IOException {
        long[][] held = new long[ARRAYS][100];
        held[7] = held[8]; // counts once
        try (HeapGauge gauge = builder().engine(engine).root("same", held).start()) {
            OwnershipSummary size = gauge.sizeOf(held);
            assertThat(size.total().objects()).isEqualTo(ARRAYS);
            assertThat(size.types()).extracting(TypeSummary::type).containsExactlyInAnyOrder("long[]", "long[][]");
            assertThat(size.types().get(0).objects()).isEqualTo(ARRAYS - 1);
            assertThat(gauge.lastReport()).as("nothing is published").isEmpty();
            assertThat(gauge.history(CaptureMode.FULL)).isEmpty();
            assertThat(gauge.state()).isEqualTo(GaugeState.IDLE);
            HeapReport report = gauge.capture();
            assertThat(report.roots())
                    .singleElement()
                    .satisfies(root -> assertThat(root.reachable()).isEqualTo(size));
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.filter(file -> file.toString().endsWith(".hprof")))
                        .isEmpty();
            }
        }
    }

    /** Something to reach at random; 24 bytes with compressed class pointers and references. */
    private static final class Node {
        Node[] next = {};
        long[] data = {};
    }

    private static void reach(Object object, Map<String, Set<Object>> byType) {
        Deque<Object> open = new ArrayDeque<>(List.of(object));
        while (!open.isEmpty()) {
            Object at = open.remove();
            boolean first = byType.computeIfAbsent(
                            at.getClass().getTypeName(), any -> Collections.newSetFromMap(new IdentityHashMap<>()))
                    .add(at);
            if (first && at instanceof Node node) {
                open.add(node.next);
                open.add(node.data);
            } else if (first && at instanceof Node[] nodes) {
                Stream.of(nodes).filter(Objects::nonNull).forEach(open::add);
            }
        }
    }

    private static long bytes(Object object) {
        if (object instanceof Node[] nodes) {
            return 16 + (4L * nodes.length + 7) / 8 * 8;
        }
        return object instanceof long[] data ? 16 + 8L * data.length : 24;
    }

    /** {@code -Dheapgauge.sizes=200} measures 200 of them. */
    @Test
    void it_equals_a_walk_over_the_living_objects() {
        Random random = new Random(8);
        List<Node> nodes = Stream.generate(Node::new).limit(3_000).toList();
        for (Node node : nodes) {
            node.data = new long[random.nextInt(20)];
            node.next = new Node[random.nextInt(5)];
            Arrays.setAll(node.next, any -> random.nextInt(4) == 0 ? null : nodes.get(random.nextInt(nodes.size())));
        }
        long reachMany = 0;
        try (HeapGauge gauge =
                builder().engine(EngineChoice.AUTO).dailyLimit(1_000).start()) {
            for (int i = Integer.getInteger("heapgauge.sizes", 10); i > 0; i--) {
                Node node = nodes.get(random.nextInt(nodes.size()));
                Map<String, Set<Object>> expected = new TreeMap<>();
                reach(node, expected);
                OwnershipSummary size = gauge.sizeOf(node);
                Map<String, List<Long>> told = new TreeMap<>();
                size.types().forEach(type -> told.put(type.type(), List.of(type.objects(), type.bytes())));
                Map<String, List<Long>> walked = new TreeMap<>();
                expected.forEach((type, objects) -> walked.put(
                        type,
                        List.of(
                                (long) objects.size(),
                                objects.stream().mapToLong(SizeOfTest::bytes).sum())));
                assertThat(told).isEqualTo(walked);
                reachMany += size.total().objects() > 1_000 ? 1 : 0;
            }
        }
        assertThat(reachMany).isPositive();
    }

    @Test
    void it_waits_for_a_capture_that_is_under_way() throws Exception {
        long[][] held = new long[ARRAYS][100];
        try (HeapGauge gauge = builder().start()) {
            CompletableFuture<HeapReport> full = gauge.captureAsync(CaptureRequest.of(Trigger.API));
            assertThat(gauge.sizeOf(held).total().objects()).isEqualTo(ARRAYS + 1);
            assertThat(full.get().roots()).isEmpty();
        }
    }

    @Test
    void what_forbids_a_capture_forbids_it_too() {
        try (HeapGauge gauge = builder().minimumInterval(Duration.ofHours(1)).start()) {
            gauge.sizeOf("first");
            assertThatThrownBy(() -> gauge.sizeOf("second"))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("refused");
            gauge.setEnabled(false);
            assertThatThrownBy(() -> gauge.sizeOf("third")).isInstanceOf(CaptureException.class);
        }
        HeapGauge closed = builder().start();
        closed.close();
        assertThatThrownBy(() -> closed.sizeOf("late"))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void where_there_is_no_room_to_follow_references_it_says_so() {
        try (HeapGauge gauge =
                builder().engine(EngineChoice.HOTSPOT).scratchBudget(1 << 20).start()) {
            assertThatThrownBy(() -> gauge.sizeOf(this))
                    .isInstanceOf(CaptureException.class)
                    .hasMessageContaining("not measured")
                    .hasMessageContaining("scratch");
        }
    }
}
