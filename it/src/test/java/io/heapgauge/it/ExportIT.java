/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.jsonl.ExportProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is exported and opened again has the same objects, sizes and references, every one of them; and so everything reaches
 * the same, which is looked at for every object that reaches little and for some that reach much. With
 * {@code -Dheapgauge.export.objects=2000000} on a dump of 100 MB.
 */
@Tag("once")
class ExportIT {
    private static final long OBJECTS = Long.getLong("heapgauge.export.objects", 15_000);
    private static final int LITTLE = 300;
    private static final int MUCH = 100;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void every_object_is_the_same_after_an_export(Jdk jdk) throws Exception {
        Path dump = directory.resolve("heap.hprof");
        try (ForkedJvm program = ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OracleProgram.class.getName(),
                        dump.toString(),
                        Long.toString(OBJECTS),
                        "1"))) {
            assertThat(program.awaitExit()).as(program.output()).isZero();
        }
        Path lossless = directory.resolve("lossless.jsonl.gz");
        Path plain = directory.resolve("plain.jsonl");
        try (Heap heap = Heap.open(dump)) {
            assertThat(heap.export(lossless, ExportProfile.LOSSLESS)).isEqualTo(heap.size());
            assertThat(heap.export(plain, ExportProfile.MELIAE)).isEqualTo(heap.size());
            try (Heap again = Heap.open(lossless)) {
                assertThat(again.summarize()).isEqualTo(heap.summarize());
                compare(heap, again, true);
                compare(heap.with(), again.with(), true);
            }
            try (Heap again = Heap.open(plain)) {
                assertThat(again.summarize().bytes()).isEqualTo(heap.summarize().bytes());
                compare(heap, again, false);
            }
            System.out.printf(
                    "%s: %,d objects, dump %,d bytes, lossless %,d, plain %,d%n",
                    jdk, heap.size(), Files.size(dump), Files.size(lossless), Files.size(plain));
        }
    }

    private static void compare(Heap heap, Heap again, boolean types) {
        List<HeapObject> all = heap.all("*");
        assertThat(again.size()).isEqualTo(all.size());
        int little = 0;
        for (int i = 0; i < all.size(); i++) {
            HeapObject one = all.get(i);
            HeapObject other = again.at(one.address());
            boolean same = other.shallow() == one.shallow()
                    && Arrays.equals(ids(one, types), ids(other, types))
                    && (!types || other.type().equals(one.type()));
            if (!same) {
                throw new AssertionError(one + " " + one.children() + " became " + other + " " + other.children());
            }
            if (reachesLittle(one)) {
                little++;
                assertThat(other.reachable()).as(one.toString()).isEqualTo(one.reachable());
            } else if (i % Math.max(1, all.size() / MUCH) == 0) {
                assertThat(other.summarize().bytes())
                        .as(one.toString())
                        .isEqualTo(one.summarize().bytes());
            }
        }
        assertThat(little).isGreaterThan(all.size() / 2);
    }

    private static boolean reachesLittle(HeapObject object) {
        try (Stream<HeapObject> walk = object.walk()) {
            return walk.limit(LITTLE).count() < LITTLE;
        }
    }

    /** The references; in Meliae's format those that lead rows of ours have no place of their own. */
    private static long[] ids(HeapObject object, boolean inOrder) {
        long[] ids = object.children().stream()
                .filter(child -> !child.isMissing())
                .mapToLong(HeapObject::address)
                .toArray();
        if (!inOrder) {
            Arrays.sort(ids);
        }
        return ids;
    }
}
