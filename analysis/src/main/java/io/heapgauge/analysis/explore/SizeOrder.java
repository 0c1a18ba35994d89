/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Largest first, then most references, then most parents, then by address; sorts primitives, whatever their number. */
final class SizeOrder {
    private SizeOrder() {}

    static int[] sort(View view, int[] ordinals) {
        int[] sorted = ordinals.clone();
        IntToLongFunction references = ordinal -> count(view, ordinal);
        IntToLongFunction parents = ordinal -> {
            var inbound = view.open().inbound();
            return inbound.end(ordinal) - inbound.start(ordinal);
        };
        IntToLongFunction[] keys = view.open().hasInbound()
                ? new IntToLongFunction[] {view::bytesOf, references, parents}
                : new IntToLongFunction[] {view::bytesOf, references};
        sort(sorted, 0, sorted.length, keys, 0);
        return sorted;
    }

    static int[] sortBy(int[] ordinals, IntToLongFunction key) {
        int[] sorted = ordinals.clone();
        sort(sorted, 0, sorted.length, new IntToLongFunction[] {key}, 0);
        return sorted;
    }

    private static long count(View view, int ordinal) {
        long[] count = new long[1];
        view.edges(ordinal, target -> count[0]++);
        return count[0];
    }

    /** Sorts by one key and what is equal by the next; the keys are below 2^33 and share a long with the place of 31 bits. */
    private static void sort(int[] ordinals, int from, int to, IntToLongFunction[] keys, int key) {
        if (to - from < 2 || key == keys.length) {
            return;
        }
        long[] values = new long[to - from];
        for (int i = 0; i < values.length; i++) {
            // descending, and ascending by place where the key is equal
            values[i] = -Math.min(keys[key].applyAsLong(ordinals[from + i]), (1L << 32) - 1) << 31 | i;
        }
        Arrays.sort(values);
        int[] places = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            places[i] = ordinals[from + (int) (values[i] & 0x7fff_ffff)];
        }
        System.arraycopy(places, 0, ordinals, from, places.length);
        for (int start = 0, i = 1; i <= values.length; i++) {
            if (i == values.length || values[i] >> 31 != values[start] >> 31) {
                sort(ordinals, from + start, from + i, keys, key + 1);
                start = i;
            }
        }
    }
}
