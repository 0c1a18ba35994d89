/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects a gauge measures, as a capture of this very heap shows them: the analysis looks for the instances of
 * {@code io.heapgauge.RootRegistry$Entry} and reads their fields, so that no address is passed around. The names of this
 * class, of {@link Entry} and of its fields are therefore a format, shared with the analysis.
 */
final class RootRegistry {
    private final long id = newId();
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** One object under its name. Only the gauge holds the entry, and the entry does not hold the object. */
    static final class Entry extends WeakReference<Object> {
        final long registryId;
        final byte[] name;

        Entry(long registryId, String name, Object referent) {
            super(referent);
            this.registryId = registryId;
            this.name = name.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static long newId() {
        SecureRandom random = new SecureRandom();
        long candidate = 0;
        while (candidate == 0) {
            candidate = random.nextLong();
        }
        return candidate;
    }

    /** Tells the entries of this registry from those of others in the same heap; never zero. */
    long id() {
        return id;
    }

    void put(String name, Object object) {
        Entry before = entries.put(name, new Entry(id, name, object));
        if (before != null) {
            before.clear();
        }
    }

    /** An entry that is garbage may still be in the next dump: cleared, it points nowhere. */
    void remove(String name) {
        Entry entry = entries.remove(name);
        if (entry != null) {
            entry.clear();
        }
    }

    void clear() {
        entries.keySet().forEach(this::remove);
    }

    Map<String, Entry> entries() {
        return Map.copyOf(entries);
    }
}
