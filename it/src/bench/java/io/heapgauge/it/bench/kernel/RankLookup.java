/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench.kernel;

import io.heapgauge.analysis.graph.ObjectIndex;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.Random;
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

/** From id to ordinal: time of one look-up. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class RankLookup {
    private static final int LOOK_UPS = 1 << 20;

    /** In which order ids come. */
    public enum Order {
        /** As they lie in memory, as a pass over a dump meets the objects. */
        SEQUENTIAL,
        /** Any, worse than references are. */
        RANDOM
    }

    /** What the index is made of. */
    @Param
    public Pages pages = Pages.MAPPED;

    /** In which order ids come. */
    @Param
    public Order order = Order.SEQUENTIAL;

    private final long[] wanted = new long[LOOK_UPS];
    private Scratch scratch = Scratch.onHeap(0);
    private ObjectIndex index = new ObjectIndex(scratch, 3);

    /** Makes the index of a {@link MadeHeap}. */
    @Setup(Level.Trial)
    public void fill() {
        scratch = pages.open();
        index = new ObjectIndex(scratch, 3);
        MadeHeap heap = new MadeHeap();
        ObjectIndex.Adder adder = index.adder();
        for (int object = 0; object < MadeHeap.OBJECTS; object++) {
            adder.object(heap.id(object));
        }
        index.freeze(Monitor.NONE);
        Random random = new Random(1);
        for (int i = 0; i < LOOK_UPS; i++) {
            wanted[i] = heap.id(order == Order.RANDOM ? random.nextInt(MadeHeap.OBJECTS) : i);
        }
    }

    /** Gives the memory back. */
    @TearDown(Level.Trial)
    public void drop() throws IOException {
        scratch.close();
    }

    /** Looks up what is there. */
    @Benchmark
    @OperationsPerInvocation(LOOK_UPS)
    public long lookUp() {
        long sum = 0;
        for (long id : wanted) {
            sum += index.ordinalOf(id);
        }
        return sum;
    }
}
