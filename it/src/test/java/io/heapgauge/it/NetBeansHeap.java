/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.agrona.collections.Long2LongHashMap;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/** A dump as the NetBeans profiler's library sees it: an engine of its own, by other people. */
final class NetBeansHeap {
    private static final long UNKNOWN = -1;

    private final Heap heap;
    private final Long2LongHashMap shallowBytes = new Long2LongHashMap(UNKNOWN);

    private NetBeansHeap(Heap heap) {
        this.heap = heap;
    }

    /** Opens a dump; the library keeps its index in a directory beside it. */
    static NetBeansHeap open(Path dump) throws IOException {
        return new NetBeansHeap(HeapFactory.createHeap(dump.toFile()));
    }

    /** Ids of the objects that retain most, the largest first. */
    Set<Long> largest(int most) {
        Set<Long> ids = new LinkedHashSet<>();
        for (Object each : heap.getBiggestObjectsByRetainedSize(most)) {
            ids.add(((Instance) each).getInstanceId());
        }
        return ids;
    }

    /** The retained size of any object. */
    long retainedBytes(long id) {
        return heap.getInstanceByID(id).getRetainedSize();
    }

    /** The shallow size of an object that is no class, as the library says itself; all are asked for at the first call. */
    long shallowBytes(long id) {
        if (shallowBytes.isEmpty()) {
            Iterator<?> all = heap.getAllInstancesIterator();
            while (all.hasNext()) {
                Instance object = (Instance) all.next();
                shallowBytes.put(object.getInstanceId(), object.getSize());
            }
        }
        long bytes = shallowBytes.get(id);
        return bytes == UNKNOWN ? heap.getInstanceByID(id).getSize() : bytes;
    }

    /** The object by which it found another one on its way from the GC roots, 0 for a GC root or where it found none. */
    long foundBy(long id) {
        Instance object = heap.getInstanceByID(id);
        Instance holder = object == null || object.isGCRoot() ? null : object.getNearestGCRootPointer();
        return holder == null ? 0 : holder.getInstanceId();
    }
}
