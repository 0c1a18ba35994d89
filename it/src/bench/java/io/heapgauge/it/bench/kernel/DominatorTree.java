/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench.kernel;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.measure.Dominators;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Dominators and retained sizes of a built graph, which they use up: time for each object. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 6)
@Measurement(iterations = 10)
public class DominatorTree {
    /** What graph and tree are made of. */
    @Param
    public Pages pages = Pages.MAPPED;

    private final MadeHeap heap = new MadeHeap();
    private Scratch scratch = Scratch.onHeap(0);
    private @Nullable HeapGraph graph;

    /** Builds the graph. */
    @Setup(Level.Iteration)
    public void build() throws IOException {
        scratch = pages.open();
        graph = HeapGraph.build(heap, FieldRules.of(List.of()), scratch, Monitor.NONE);
    }

    /** Gives the memory back. */
    @TearDown(Level.Iteration)
    public void close() throws IOException {
        graph = null;
        scratch.close();
    }

    /** Finds the dominators. */
    @Benchmark
    @OperationsPerInvocation(MadeHeap.OBJECTS)
    public long dominators() {
        if (graph == null) {
            throw new IllegalStateException("not built");
        }
        Dominators found = Dominators.of(graph, scratch, Monitor.NONE);
        if (found.reached() != MadeHeap.OBJECTS) {
            throw new IllegalStateException("only " + found.reached() + " objects are reached");
        }
        return found.reachedBytes();
    }
}
