/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the first dump and the second, taken a moment later with no collection in between, say of the same addresses.
 *
 * @param same objects that are in both and equal
 * @param changed class → objects with other contents
 * @param missing class → objects that only the first has
 * @param missingIds these objects
 * @param later class → objects that only the second has
 * @param changedStatics classes with other static fields
 */
record DumpDifferences(
        long same,
        Map<String, Long> changed,
        Map<String, Long> missing,
        Set<Long> missingIds,
        Map<String, Long> later,
        long changedStatics) {
    static DumpDifferences of(DumpContents first, DumpContents second) {
        Map<String, Long> changed = new TreeMap<>();
        Map<String, Long> missing = new TreeMap<>();
        Set<Long> missingIds = new TreeSet<>();
        Map<String, Long> later = new TreeMap<>();
        long same = 0;
        var ours = first.contents.entrySet().iterator();
        while (ours.hasNext()) {
            ours.next();
            long id = ours.getLongKey();
            long theirs = second.contents.get(id);
            if (theirs == ours.getLongValue()) {
                same++;
            } else {
                (theirs == 0 ? missing : changed).merge(first.nameOf(first.classOf.get(id)), 1L, Long::sum);
                if (theirs == 0) {
                    missingIds.add(id);
                }
            }
        }
        second.contents.forEachLong((id, hash) -> {
            if (!first.contents.containsKey(id)) {
                later.merge(second.nameOf(second.classOf.get(id)), 1L, Long::sum);
            }
        });
        long statics = first.statics.entrySet().stream()
                .filter(each -> !each.getValue().equals(second.statics.get(each.getKey())))
                .count();
        return new DumpDifferences(same, changed, missing, missingIds, later, statics);
    }
}
