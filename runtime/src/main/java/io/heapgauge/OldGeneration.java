/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Optional;

/** The part of the heap where objects stay: the old generation, or the whole heap of a collector that has none. */
final class OldGeneration {
    private final MemoryPoolMXBean pool;

    private OldGeneration(MemoryPoolMXBean pool) {
        this.pool = pool;
    }

    /** Finds it by the names that HotSpot's collectors give their pools. */
    static Optional<OldGeneration> ofThisVm() {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        Optional<MemoryPoolMXBean> old = pools.stream()
                .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
                .findFirst();
        return old.or(() -> pools.size() == 1 ? Optional.of(pools.get(0)) : Optional.empty())
                .map(OldGeneration::new);
    }

    /** Used share after its last collection; 0 before the first. */
    double usedShare() {
        MemoryUsage after = pool.getCollectionUsage();
        MemoryUsage now = pool.getUsage();
        long maximum = now.getMax() > 0 ? now.getMax() : Runtime.getRuntime().maxMemory();
        return after == null ? 0 : (double) after.getUsed() / maximum;
    }
}
