/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import io.heapgauge.it.bench.kernel.KernelBench;
import java.nio.file.Path;

/** Starts the benchmark that the property {@code bench.job} names, {@code peers}, {@code jmh}, {@code explore},
 * {@code pause} or {@code measures}. */
final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        String job = System.getProperty("bench.job", "peers");
        switch (job) {
            case "peers" -> PeersBench.run();
            case "jmh" -> KernelBench.run(Path.of(System.getProperty("bench.report", "jmh.md")));
            case "explore" -> ExploreBench.run(Path.of(System.getProperty("bench.report", "explore.md")));
            case "pause" -> PauseBench.run(Path.of(System.getProperty("bench.report", "pause.md")));
            case "measures" -> MeasuresBench.run(Path.of(System.getProperty("bench.report", "measures.md")));
            default ->
                throw new IllegalArgumentException(
                        "bench.job " + job + ": expected peers, jmh, explore, pause or measures");
        }
    }
}
