/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.File;
import java.io.IOException;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.JavaClass;

/** Counts with the NetBeans library as its own class view does: number and size of the instances of each class. */
final class NetBeansTypes {
    private NetBeansTypes() {}

    public static void main(String[] args) throws IOException {
        Heap heap = HeapFactory.createHeap(new File(args[0]));
        long objects = 0;
        long bytes = 0;
        int types = 0;
        for (Object each : heap.getAllClasses()) {
            JavaClass type = (JavaClass) each;
            objects += type.getInstancesCount();
            bytes += type.getAllInstancesSize();
            types++;
        }
        // it counts class objects neither as instances nor by themselves
        System.out.println("objects " + (objects + types) + " bytes " + bytes + " types " + types);
    }
}
