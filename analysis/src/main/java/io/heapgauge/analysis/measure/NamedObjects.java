/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Names of threads and of registered objects, read out of the heap itself. The registry of a gauge is in the heap that it
 * captures: its entries, instances of {@value #ENTRY}, hold a name, the id of the registry and a weak reference.
 */
final class NamedObjects {
    private static final String ENTRY = "io.heapgauge.RootRegistry$Entry";

    private static final FieldRule ENTRY_NAME = new FieldRule(ENTRY, "name");
    private static final FieldRule THREAD_NAME = new FieldRule("java.lang.Thread", "name");
    private static final FieldRule STRING_VALUE = new FieldRule("java.lang.String", "value");
    private static final long UTF16 = 1;

    /**
     * An entry of a registry.
     *
     * @param registryId the registry
     * @param name the name it was registered under
     * @param object ordinal of the object, -1 once it has been collected
     */
    record Registration(long registryId, String name, int object) {}

    private final Map<Integer, String> threadNames;
    private final List<Registration> registrations;

    private NamedObjects(Map<Integer, String> threadNames, List<Registration> registrations) {
        this.threadNames = threadNames;
        this.registrations = registrations;
    }

    static List<FieldRule> rules(List<RootDefinition> roots) {
        List<FieldRule> rules = new ArrayList<>();
        if (wants(roots, RootSpec.Registered.class)) {
            rules.add(ENTRY_NAME);
        }
        if (wants(roots, RootSpec.ThreadNamed.class)) {
            rules.add(THREAD_NAME);
            rules.add(STRING_VALUE);
        }
        return rules;
    }

    private static boolean wants(List<RootDefinition> roots, Class<? extends RootSpec> kind) {
        return roots.stream().anyMatch(root -> kind.isInstance(root.spec()));
    }

    /** Reads the names that these roots need: one pass over the source, or none. */
    static NamedObjects read(HeapGraph graph, List<RootDefinition> roots, Monitor monitor) throws IOException {
        List<Integer> entries = wants(roots, RootSpec.Registered.class) ? entries(graph, monitor) : List.of();
        List<Integer> threads = wants(roots, RootSpec.ThreadNamed.class) ? threads(graph) : List.of();
        Contents contents = new Contents();
        for (int entry : entries) {
            contents.want(graph, entry);
            contents.want(graph, field(graph, entry, ENTRY_NAME));
        }
        for (int thread : threads) {
            int name = field(graph, thread, THREAD_NAME);
            contents.want(graph, name);
            contents.want(graph, name < 0 ? -1 : field(graph, name, STRING_VALUE));
        }
        if (!contents.wanted.isEmpty()) {
            graph.source().contents(contents.wanted::contains, contents);
        }
        Map<Integer, String> threadNames = new HashMap<>();
        for (int thread : threads) {
            String name = contents.string(graph, field(graph, thread, THREAD_NAME));
            if (name != null) {
                threadNames.put(thread, name);
            }
        }
        List<Registration> registrations = new ArrayList<>();
        for (int entry : entries) {
            byte[] name = contents.array(graph, field(graph, entry, ENTRY_NAME));
            if (name != null) {
                registrations.add(new Registration(
                        contents.primitive(graph, entry, "registryId"),
                        new String(name, StandardCharsets.UTF_8),
                        field(graph, entry, FieldRule.REFERENT)));
            }
        }
        return new NamedObjects(threadNames, registrations);
    }

    private static int field(HeapGraph graph, int ordinal, FieldRule rule) {
        return graph.field(ordinal, graph.rules().indexOf(rule));
    }

    private static List<Integer> entries(HeapGraph graph, Monitor monitor) {
        boolean[] wanted = new boolean[graph.source().types().size()];
        long count = 0;
        for (HeapType type : graph.source().types()) {
            if (type.name().equals(ENTRY)) {
                wanted[type.index()] = true;
                count += graph.tally().objects()[type.index()];
            }
        }
        List<Integer> entries = new ArrayList<>();
        for (int ordinal = 0; count > entries.size() && ordinal < graph.size(); ordinal++) {
            if (wanted[graph.typeOf(ordinal)]) {
                entries.add(ordinal);
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.check();
            }
        }
        return entries;
    }

    private static List<Integer> threads(HeapGraph graph) {
        List<Integer> threads = new ArrayList<>();
        GcRoots roots = graph.source().roots();
        for (int i = 0; i < roots.size(); i++) {
            int ordinal = roots.kind(i) == GcRoots.Kind.THREAD ? graph.ordinalOf(roots.id(i)) : -1;
            if (ordinal >= 0) {
                threads.add(ordinal);
            }
        }
        return threads;
    }

    /** The name of a live thread, or null. */
    @Nullable
    String threadName(int ordinal) {
        return threadNames.get(ordinal);
    }

    List<Registration> registrations() {
        return registrations;
    }

    private static final class Contents implements ContentSink {
        final LongHashSet wanted = new LongHashSet();
        private final Map<Long, Map<String, Long>> primitives = new HashMap<>();
        private final Map<Long, byte[]> arrays = new HashMap<>();
        private final Map<Long, Boolean> chars = new HashMap<>();

        void want(HeapGraph graph, int ordinal) {
            if (ordinal >= 0) {
                wanted.add(graph.idOf(ordinal));
            }
        }

        @Override
        public void primitives(long id, int type, String[] names, long[] values) {
            Map<String, Long> fields = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                fields.putIfAbsent(names[i], values[i]);
            }
            primitives.put(id, fields);
        }

        @Override
        public void array(long id, boolean isChars, byte[] bytes) {
            arrays.put(id, bytes);
            chars.put(id, isChars);
        }

        long primitive(HeapGraph graph, int ordinal, String field) {
            return primitives.getOrDefault(graph.idOf(ordinal), Map.of()).getOrDefault(field, 0L);
        }

        byte @Nullable [] array(HeapGraph graph, int ordinal) {
            return ordinal < 0 ? null : arrays.get(graph.idOf(ordinal));
        }

        @Nullable
        String string(HeapGraph graph, int ordinal) {
            int value = ordinal < 0 ? -1 : field(graph, ordinal, STRING_VALUE);
            byte[] bytes = array(graph, value);
            if (bytes == null) {
                return null;
            }
            Charset charset = StandardCharsets.ISO_8859_1;
            if (chars.getOrDefault(graph.idOf(value), false)) {
                charset = StandardCharsets.UTF_16BE;
            } else if (primitive(graph, ordinal, "coder") == UTF16) {
                // the VM keeps two-byte strings in its own byte order; all it runs on today are little-endian
                charset = StandardCharsets.UTF_16LE;
            }
            return new String(bytes, charset);
        }
    }
}
