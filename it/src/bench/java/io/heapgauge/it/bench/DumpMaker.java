/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import io.heapgauge.it.HeapMaker;
import java.lang.management.ManagementFactory;

/** A program that makes a heap and dumps it: {@code DumpMaker FILE.hprof OBJECTS SEED}. */
public final class DumpMaker {
    private DumpMaker() {}

    /**
     * Makes the heap, all of it and no collection forced, and writes the dump.
     *
     * @param args file, objects, seed
     * @throws IOException if the dump cannot be written
     */
    public static void main(String[] args) throws IOException {
        HeapMaker.make(Long.parseLong(args[2]), Long.parseLong(args[1]));
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
    }
}
