/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.util.Collection;
import org.agrona.collections.Long2ObjectHashMap;

/** Objects and bytes of one class. */
final class Tally {
    long objects;
    long bytes;

    void add(long objectBytes) {
        objects++;
        bytes += objectBytes;
    }

    static Tally of(Long2ObjectHashMap<Tally> types, long classId) {
        Tally tally = types.get(classId);
        if (tally == null) {
            tally = new Tally();
            types.put(classId, tally);
        }
        return tally;
    }

    /** The line that the benchmark checks: every tool must have seen every object. */
    static void print(Collection<Tally> types, long classObjects) {
        long objects =
                classObjects + types.stream().mapToLong(type -> type.objects).sum();
        long bytes = types.stream().mapToLong(type -> type.bytes).sum();
        System.out.println("objects " + objects + " bytes " + bytes + " types " + types.size());
    }
}
