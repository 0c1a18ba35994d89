/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph.view;

import io.heapgauge.analysis.graph.FieldRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Edges by which almost everything reaches almost everything, and which therefore say nothing about ownership. They shape
 * reachable and owned sizes only, where all of them are left out unless one is to be followed; GC reachability follows every
 * strong edge whatever is said here.
 */
public enum EdgeFilter {
    /** What a weak, soft, phantom or final reference refers to; not strong for the collector either. */
    REFERENT("referent", FieldRule.REFERENT),
    /** Object → its class, and so to its static fields. */
    OBJECT_TO_CLASS("object-to-class", null),
    /** Class → its loader. */
    CLASS_TO_LOADER("class-to-loader", FieldRule.CLASS_LOADER),
    /** Loader → the classes it has loaded. */
    LOADER_TO_CLASSES("loader-to-classes", new FieldRule("java.lang.ClassLoader", "classes")),
    /** Thread → its context class loader. */
    THREAD_TO_CONTEXT_LOADER("thread-to-context-loader", new FieldRule("java.lang.Thread", "contextClassLoader")),
    /** Lock → the thread that holds it at the moment of the capture, and so to all that this thread knows. */
    LOCK_TO_OWNER(
            "lock-to-owner",
            new FieldRule("java.util.concurrent.locks.AbstractOwnableSynchronizer", "exclusiveOwnerThread")),
    /** Queue of a lock → a thread that waits for it at the moment of the capture. */
    LOCK_TO_WAITER(
            "lock-to-waiter", new FieldRule("java.util.concurrent.locks.AbstractQueuedSynchronizer$Node", "waiter"));

    private final String id;
    private final @Nullable FieldRule rule;

    EdgeFilter(String id, @Nullable FieldRule rule) {
        this.id = id;
        this.rule = rule;
    }

    /**
     * The name used in options.
     *
     * @return words with hyphens
     */
    public String id() {
        return id;
    }

    /**
     * The field whose references are left out.
     *
     * @return a rule that the graph must have been built with; null for an edge that is no field and in no row
     */
    public @Nullable FieldRule rule() {
        return rule;
    }

    /**
     * The rules of all of them.
     *
     * @return rules in the order of the constants
     */
    public static List<FieldRule> rules() {
        return Stream.of(values())
                .map(EdgeFilter::rule)
                .filter(Objects::nonNull)
                .toList();
    }
}
