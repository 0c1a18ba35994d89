/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** Looks at this VM's heap more than once with no collection in between, which would take from later looks what earlier ones saw. */
public final class Undisturbed {
    private Undisturbed() {}

    /** What looks at the heap; the last round is the one that counts. */
    @FunctionalInterface
    public interface Round {
        void run() throws Exception;
    }

    /** Runs rounds until no collection came into one. */
    public static void run(int mostRounds, Round round) throws Exception {
        for (int i = 0; i < mostRounds; i++) {
            long before = collections();
            round.run();
            if (collections() == before) {
                return;
            }
        }
        throw new IllegalStateException("a collection came into each of " + mostRounds + " rounds");
    }

    /** Collections until now; of ZGC its pauses as well, so a cycle that has only begun counts. */
    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
