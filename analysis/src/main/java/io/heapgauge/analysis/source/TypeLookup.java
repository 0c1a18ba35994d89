/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Class id → entry, with a direct-mapped cache in front: objects of few classes make up nearly all of a heap. */
final class TypeLookup {
    private static final int CACHE_SHIFT = 54;

    private final Long2ObjectHashMap<TypeEntry> entries = new Long2ObjectHashMap<>();
    private final @Nullable TypeEntry[] cache = new TypeEntry[1 << (64 - CACHE_SHIFT)];

    /** The entry of a class, made when it is new. */
    TypeEntry get(long classId, long offset) {
        int slot = (int) (classId * 0x9E37_79B9_7F4A_7C15L >>> CACHE_SHIFT);
        TypeEntry cached = cache[slot];
        if (cached != null && cached.classId == classId) {
            return cached;
        }
        TypeEntry entry = entries.get(classId);
        if (entry == null) {
            entry = new TypeEntry(classId, offset);
            entries.put(classId, entry);
        }
        cache[slot] = entry;
        return entry;
    }

    Iterable<TypeEntry> all() {
        return entries.values();
    }
}
