/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench.kernel;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The graph from a heap in memory, index and allocation included: time for each reference. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 6)
@Measurement(iterations = 10)
public class RowBuilding {
    /** What the graph is made of. */
    @Param
    public Pages pages = Pages.MAPPED;

    private final MadeHeap heap = new MadeHeap();
    private Scratch scratch = Scratch.onHeap(0);

    /** Takes new memory. */
    @Setup(Level.Iteration)
    public void open() {
        scratch = pages.open();
    }

    /** Gives the memory back. */
    @TearDown(Level.Iteration)
    public void close() throws IOException {
        scratch.close();
    }

    /** Builds the graph. */
    @Benchmark
    @OperationsPerInvocation(MadeHeap.REFERENCES)
    public HeapGraph build() throws IOException {
        return HeapGraph.build(heap, FieldRules.of(List.of()), scratch, Monitor.NONE);
    }
}
