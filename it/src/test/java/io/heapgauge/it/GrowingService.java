/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.MergedPaths;
import io.heapgauge.analysis.report.Suspect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A service that leaks a percent of its heap from capture to capture, among five types that are stable and five that rise and
 * fall: {@code GrowingService DIRECTORY CAPTURES SEED}. Each captures and prints who is suspected.
 */
final class GrowingService {
    private static final int STABLE = 200_000;
    private static final int TOOTH = 40_000;
    private static final int PAYLOAD = 1_000;

    private static final List<Object> LEAK = new ArrayList<>();
    private static final Map<String, List<Object>> CACHES = new TreeMap<>();

    private GrowingService() {}

    private static class Payload {
        final byte[] payload = new byte[PAYLOAD];
    }

    static final class Leaked extends Payload {}

    private static class Row {
        long a;
        long b;
        Object next;
    }

    static final class Stable0 extends Row {}

    static final class Stable1 extends Row {}

    static final class Stable2 extends Row {}

    static final class Stable3 extends Row {}

    static final class Stable4 extends Row {}

    static final class Sawtooth0 extends Row {}

    static final class Sawtooth1 extends Row {}

    static final class Sawtooth2 extends Row {}

    static final class Sawtooth3 extends Row {}

    static final class Sawtooth4 extends Row {}

    public static void main(String[] args) {
        Random random = new Random(Long.parseLong(args[2]));
        try (HeapGauge gauge = HeapGauge.builder()
                .name("growing")
                .directory(Path.of(args[0]))
                .minimumInterval(Duration.ZERO)
                .quickEvery(null)
                .freeSpaceFloor(0)
                .cpuShare(1)
                .start()) {
            long heap = 0;
            for (int capture = 0; capture < Integer.parseInt(args[1]); capture++) {
                vary(capture, random);
                for (long bytes = heap / 100; bytes > 0; bytes -= PAYLOAD) {
                    LEAK.add(new Leaked());
                }
                HeapReport report = gauge.capture();
                heap = report.totals().reachable().bytes();
                tell(report.growth());
            }
        }
    }

    private static void vary(int capture, Random random) {
        List<Supplier<Object>> stable = List.of(Stable0::new, Stable1::new, Stable2::new, Stable3::new, Stable4::new);
        for (int i = 0; i < stable.size(); i++) {
            fill("stable" + i, STABLE + random.nextInt(STABLE / 100), stable.get(i));
        }
        List<Supplier<Object>> teeth =
                List.of(Sawtooth0::new, Sawtooth1::new, Sawtooth2::new, Sawtooth3::new, Sawtooth4::new);
        for (int i = 0; i < teeth.size(); i++) {
            int period = 2 + i % 3;
            fill("tooth" + i, TOOTH * (1 + (capture + i) % period), teeth.get(i));
        }
    }

    private static void fill(String name, int size, Supplier<Object> maker) {
        List<Object> objects = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            objects.add(maker.get());
        }
        CACHES.put(name, objects);
    }

    private static void tell(Growth growth) {
        StringBuilder line = new StringBuilder("suspects " + growth.captures());
        for (Suspect suspect : growth.suspects()) {
            MergedPaths paths = suspect.paths();
            line.append("; ").append(suspect.trend().name()).append(" certain ");
            line.append(suspect.trend().certainty()).append(" by ").append(paths == null ? "?" : paths.commonest());
        }
        System.out.println(line);
    }
}
