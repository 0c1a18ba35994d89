/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.File;
import java.io.IOException;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/** Retained sizes with the NetBeans library, which works out those of all objects when the largest are asked for. */
final class NetBeansRetained {
    private NetBeansRetained() {}

    public static void main(String[] args) throws IOException {
        Heap heap = HeapFactory.createHeap(new File(args[0]));
        for (Object each : heap.getBiggestObjectsByRetainedSize(Retainers.TOP)) {
            Instance object = (Instance) each;
            Retainers.print(object.getInstanceId(), object.getRetainedSize());
        }
    }
}
