/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph.view;

import io.heapgauge.analysis.graph.FieldRule;
import java.util.List;

/**
 * Edges by which almost everything reaches almost everything, and which therefore say nothing about ownership. They shape
 * reachable and owned sizes only; GC reachability follows every strong edge. The edge from an object to its class is in no
 * row and is never followed by an ownership walk.
 */
public enum EdgeFilter {
    /** What a weak, soft, phantom or final reference refers to; not strong for the collector either. */
    REFERENT(FieldRule.REFERENT),
    /** Class → its loader. */
    CLASS_TO_LOADER(FieldRule.CLASS_LOADER),
    /** Loader → the classes it has loaded. */
    LOADER_TO_CLASSES(new FieldRule("java.lang.ClassLoader", "classes")),
    /** Thread → its context class loader. */
    THREAD_TO_CONTEXT_LOADER(new FieldRule("java.lang.Thread", "contextClassLoader"));

    private final FieldRule rule;

    EdgeFilter(FieldRule rule) {
        this.rule = rule;
    }

    /**
     * The field whose references are left out.
     *
     * @return a rule that the graph must have been built with
     */
    public FieldRule rule() {
        return rule;
    }

    /**
     * All of them.
     *
     * @return the rules in the order of the constants
     */
    public static List<FieldRule> rules() {
        return List.of(values()).stream().map(EdgeFilter::rule).toList();
    }
}
