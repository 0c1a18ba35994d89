/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.it.HeapMaker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Configured roots of every kind, with every kind of exclusion, for the heap that {@link ForkParityProgram} makes. */
public final class ParityRoots {
    private static final String MAKER = "io.heapgauge.it.HeapMaker";
    private static final String COLLECTED = "collected";

    private ParityRoots() {}

    /** What is registered, with an entry whose object is no more. */
    static RootRegistry register() {
        Map<String, Object> objects = new LinkedHashMap<>();
        objects.put("sessions", HeapMaker.HELD.get(0));
        objects.put("recent", HeapMaker.HELD.get(1));
        objects.put("links", HeapMaker.HELD.get(2));
        objects.put("loader", ClassLoader.getSystemClassLoader());
        objects.put("class", HeapMaker.class);
        objects.put(COLLECTED, new Object());
        RootRegistry registry = new RootRegistry();
        objects.forEach(registry::put);
        registry.entries().get(COLLECTED).clear();
        return registry;
    }

    /** The roots, in the order of the measures. */
    public static List<RootDefinition> definitions() {
        return Stream.of(
                        root("sessions", "registered:sessions", "class:byte[]"),
                        root("recent", "registered:recent", "package:java.math"),
                        root("links", "registered:links"),
                        root("loader", "registered:loader", "class:java.lang.Class", "package:jdk.internal"),
                        root("class", "registered:class"),
                        root("held", "static:" + MAKER + "#HELD", "field:" + MAKER + "$Customer#orders", "root:rows"),
                        root("customers", "class:" + MAKER + "$Customer", "field:" + MAKER + "$Order#previous"),
                        root("rows", "class:int[][]", "root:customers"),
                        root("all", "class:java.util.HashMap", "class:java.lang.String", "root:customers"),
                        root("lambdas", "class:io.heapgauge.ForkParityProgram$$Lambda"),
                        root("worker", "thread:heap-maker-worker"),
                        root("parked", "thread:parked-1"),
                        root("layer", "static:java.lang.System#bootLayer", "field:" + MAKER + "#HELD"),
                        root(COLLECTED, "registered:" + COLLECTED),
                        root("unregistered", "registered:unregistered"),
                        root("no class", "static:com.acme.Nothing#NOTHING"),
                        root("no field", "static:" + MAKER + "#NOTHING"),
                        root("null", "static:java.lang.System#security"),
                        root("no instance", "class:com.acme.Nothing"),
                        root("no thread", "thread:nobody"))
                .toList();
    }

    private static RootDefinition root(String name, String spec, String... exclusions) {
        return new RootDefinition(
                name,
                RootSpec.parse(spec),
                Stream.of(exclusions).map(Exclusion::parse).toList());
    }
}
