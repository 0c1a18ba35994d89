/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapType;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** Puts the references of a line into the order of a graph's row: those of rules first, then the others without nulls. */
final class RowOrder {
    private final LineTypes types;
    private final FieldRules rules;
    private final Int2ObjectHashMap<int[]> instanceOrders = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<int[]> classOrders = new Int2ObjectHashMap<>();
    private long[] row = new long[64];
    private boolean[] taken = new boolean[64];

    RowOrder(LineTypes types, FieldRules rules) {
        this.types = types;
        this.rules = rules;
    }

    long[] row() {
        return row;
    }

    /** Fills the row and returns how many references are in it. */
    int arrange(Line line, int type) {
        if (!types.isLossless()) {
            row = line.references();
            return line.referenceCount();
        }
        int references = line.referenceCount();
        int[] leading = leading(line, type);
        if (row.length < references + leading.length) {
            row = new long[2 * (references + leading.length)];
        }
        if (taken.length < references) {
            taken = new boolean[2 * references];
        }
        Arrays.fill(taken, 0, references, false);
        int count = 0;
        for (int place : leading) {
            row[count++] = place < references ? line.references()[place] : 0;
            if (place < references) {
                taken[place] = true;
            }
        }
        for (int i = 0; i < references; i++) {
            long id = line.references()[i];
            if (!taken[i] && id != 0) {
                row[count++] = id;
            }
        }
        return count;
    }

    /** Slot → index of its reference in the line. */
    private int[] leading(Line line, int type) {
        int represented = types.representedBy(line, type);
        if (represented >= 0) {
            int[] known = classOrders.get(represented);
            if (known == null) {
                known = classOrder(types.type(represented));
                classOrders.put(represented, known);
            }
            return known;
        }
        int[] known = instanceOrders.get(type);
        if (known == null) {
            known = instanceOrder(type);
            instanceOrders.put(type, known);
        }
        return known;
    }

    private int[] instanceOrder(int type) {
        List<LineTypes.Place> places = types.places(type);
        return Arrays.stream(rules.instanceSlots(types.lineage(type)))
                .map(rule -> {
                    FieldRule field = rules.get(rule);
                    return places.indexOf(new LineTypes.Place(field.className(), field.field(), false));
                })
                .toArray();
    }

    /** The loader comes first in the line, then the static fields. */
    private int[] classOrder(HeapType type) {
        int[] slots = rules.classSlots(type);
        int[] order = new int[slots.length];
        for (int slot = 1; slot < slots.length; slot++) {
            order[slot] = 1 + type.staticReference(rules.get(slots[slot]).field());
        }
        return order;
    }
}
