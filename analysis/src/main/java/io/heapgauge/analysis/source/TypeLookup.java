/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Class id → entry, with a direct-mapped cache in front: objects of few classes make up nearly all of a heap. */
final class TypeLookup {
    private static final int CACHE_SHIFT = 54;

    private final Long2ObjectHashMap<TypeEntry> entries;
    private final boolean grows;
    private final @Nullable TypeEntry[] cache = new TypeEntry[1 << (64 - CACHE_SHIFT)];

    TypeLookup() {
        this(new Long2ObjectHashMap<>(), true);
    }

    private TypeLookup(Long2ObjectHashMap<TypeEntry> entries, boolean grows) {
        this.entries = entries;
        this.grows = grows;
    }

    /** The same entries for another thread, once there will be no more. */
    TypeLookup view() {
        return new TypeLookup(entries, false);
    }

    /** The entry of a class, made when it is new. */
    TypeEntry get(long classId, long offset) {
        int slot = (int) (classId * 0x9E37_79B9_7F4A_7C15L >>> CACHE_SHIFT);
        TypeEntry cached = cache[slot];
        if (cached != null && cached.classId == classId) {
            return cached;
        }
        TypeEntry entry = entries.get(classId);
        if (entry == null) {
            entry = added(classId, offset);
        }
        cache[slot] = entry;
        return entry;
    }

    private TypeEntry added(long classId, long offset) {
        if (!grows) {
            throw new UncheckedIOException(new IOException("class 0x" + Long.toHexString(classId) + " at offset "
                    + offset + " was not there in the first pass: the dump changed while it was read"));
        }
        TypeEntry entry = new TypeEntry(classId, offset);
        entries.put(classId, entry);
        return entry;
    }

    Iterable<TypeEntry> all() {
        return entries.values();
    }
}
