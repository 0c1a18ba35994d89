/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.it.HeapMaker;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** A program that makes a heap and dumps it: {@code DumpMaker FILE.hprof OBJECTS SEED CHAINED_ONE_IN}. */
public final class DumpMaker {
    private DumpMaker() {}

    /**
     * Makes the heap, all of it and no collection forced, and writes the dump.
     *
     * @param args file, objects, seed, one object in how many is in a long chain
     * @throws IOException if the dump cannot be written
     */
    public static void main(String[] args) throws IOException {
        HeapMaker.make(Long.parseLong(args[2]), Long.parseLong(args[1]), Long.parseLong(args[3]));
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
    }
}
