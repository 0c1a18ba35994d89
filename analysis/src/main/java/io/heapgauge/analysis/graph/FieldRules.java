/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields that walks over one graph may want to leave out or to find by name. Their references lead an object's row in
 * the order of this list, with a slot even for null, so that a walk knows them by position; all other references follow
 * without nulls or names. Immutable.
 */
public final class FieldRules {
    private static final int[] NO_SLOTS = {};

    private final List<FieldRule> rules;
    /** Class name → indexes of its rules, ascending. */
    private final Map<String, List<Integer>> ofClass = new HashMap<>();

    private FieldRules(List<FieldRule> rules) {
        this.rules = rules;
        for (int rule = 0; rule < rules.size(); rule++) {
            ofClass.computeIfAbsent(rules.get(rule).className(), any -> new ArrayList<>(1))
                    .add(rule);
        }
    }

    private List<Integer> rulesOf(HeapType type) {
        return ofClass.getOrDefault(type.name(), List.of());
    }

    /**
     * The given rules; {@link FieldRule#REFERENT} and {@link FieldRule#CLASS_LOADER} are always there.
     *
     * @param wanted rules, doubles allowed
     * @return the list
     */
    public static FieldRules of(Iterable<FieldRule> wanted) {
        Set<FieldRule> all = new LinkedHashSet<>();
        all.add(FieldRule.REFERENT);
        all.add(FieldRule.CLASS_LOADER);
        wanted.forEach(all::add);
        return new FieldRules(List.copyOf(all));
    }

    /**
     * Number of rules.
     *
     * @return at least 2
     */
    public int size() {
        return rules.size();
    }

    /**
     * Finds a rule.
     *
     * @param rule the rule
     * @return its index, or -1 when it is not in the list
     */
    public int indexOf(FieldRule rule) {
        return rules.indexOf(rule);
    }

    /**
     * A rule by index.
     *
     * @param index from 0
     * @return the rule
     */
    public FieldRule get(int index) {
        return rules.get(index);
    }

    /**
     * The slots that lead the row of an instance.
     *
     * @param lineage the instance's class, its super class and so on
     * @return slot → rule index
     */
    public int[] instanceSlots(List<HeapType> lineage) {
        List<Integer> slots = new ArrayList<>(0);
        for (HeapType type : lineage) {
            for (int rule : rulesOf(type)) {
                if (type.referenceField(rules.get(rule).field()) >= 0 && !slots.contains(rule)) {
                    slots.add(rule);
                }
            }
        }
        Collections.sort(slots);
        return toArray(slots);
    }

    /**
     * The slots that lead the row of a class object: its loader, then static fields.
     *
     * @param type the class
     * @return slot → rule index
     */
    public int[] classSlots(HeapType type) {
        List<Integer> slots = new ArrayList<>();
        slots.add(indexOf(FieldRule.CLASS_LOADER));
        for (int rule : rulesOf(type)) {
            if (type.staticReference(rules.get(rule).field()) >= 0) {
                slots.add(rule);
            }
        }
        return toArray(slots);
    }

    private static int[] toArray(List<Integer> slots) {
        return slots.isEmpty()
                ? NO_SLOTS
                : slots.stream().mapToInt(Integer::intValue).toArray();
    }
}
