/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The configured roots, in the order of their configuration; safe for use by several threads. */
final class Roots {
    private final RootRegistry registry = new RootRegistry();
    private final Map<String, RootSpec> specs = new LinkedHashMap<>();
    private final Map<String, List<Exclusion>> exclusions;
    private boolean closed;

    Roots(Map<String, RootSource> sources, Map<String, List<Exclusion>> exclusions) {
        this.exclusions = new LinkedHashMap<>(exclusions);
        sources.forEach((name, source) -> {
            if (source instanceof RootSource.Live live) {
                Object object = live.object().get();
                if (object != null) {
                    registry.put(name, object);
                }
                specs.put(name, new RootSpec.Registered(name, registry.id()));
            } else if (source instanceof RootSource.Found found) {
                specs.put(name, found.spec());
            }
        });
    }

    synchronized void register(String name, Object object, List<Exclusion> rootExclusions) {
        checkNew(name);
        registry.put(name, object);
        specs.put(name, new RootSpec.Registered(name, registry.id()));
        exclusions.put(name, rootExclusions);
    }

    synchronized void register(String name, RootSpec spec, List<Exclusion> rootExclusions) {
        checkNew(name);
        specs.put(name, spec);
        exclusions.put(name, rootExclusions);
    }

    private void checkNew(String name) {
        if (closed) {
            throw new IllegalStateException("root '" + name + "' not registered: the gauge is closed");
        }
        Settings.rootName(name);
        if (specs.containsKey(name)) {
            throw Settings.refused("root", name, "each root name once; unregister it first");
        }
    }

    /** An object that is found in one capture, and in no report but the caller's. */
    final class Temporary implements AutoCloseable {
        private final RootDefinition definition;

        private Temporary(String name, Object object) {
            registry.put(name, object);
            definition = new RootDefinition(name, new RootSpec.Registered(name, registry.id()), List.of());
        }

        RootDefinition definition() {
            return definition;
        }

        @Override
        public void close() {
            registry.remove(definition.name());
        }
    }

    /** Takes an object in until it is closed. No root that somebody names has a name like its own. */
    Temporary temporary(Object object) {
        return new Temporary("\u0001" + UUID.randomUUID(), object);
    }

    synchronized boolean unregister(String name) {
        registry.remove(name);
        exclusions.remove(name);
        return specs.remove(name) != null;
    }

    /** What the analysis shall measure; an exclusion that names a root taken out in the meantime has no effect. */
    synchronized List<RootDefinition> definitions() {
        return specs.entrySet().stream()
                .map(root -> new RootDefinition(root.getKey(), root.getValue(), exclusionsOf(root.getKey())))
                .toList();
    }

    /** The same for the heap of another VM, whose registry has an id of its own: its entries are found by their names. */
    List<RootDefinition> definitionsOfAnyVm() {
        return definitions().stream()
                .map(root -> root.spec() instanceof RootSpec.Registered registered
                        ? new RootDefinition(
                                root.name(), new RootSpec.Registered(registered.entryName(), 0), root.exclusions())
                        : root)
                .toList();
    }

    /** A root by itself, without exclusions. */
    synchronized RootDefinition alone(String name) {
        RootSpec spec = specs.get(name);
        if (spec == null) {
            throw Settings.refused(
                    "root", name, specs.isEmpty() ? "none: no root is configured" : "one of " + specs.keySet());
        }
        return new RootDefinition(name, spec, List.of());
    }

    private List<Exclusion> exclusionsOf(String name) {
        return exclusions.getOrDefault(name, List.of()).stream()
                .filter(rule -> !(rule instanceof Exclusion.OfRoot other) || specs.containsKey(other.rootName()))
                .toList();
    }

    RootRegistry registry() {
        return registry;
    }

    /** The arrays by which the registered roots are found in a dump. */
    byte[][] names() {
        return registry.entries().values().stream().map(entry -> entry.name).toArray(byte[][]::new);
    }

    /** Whether some root is found by contents that redaction takes out: the names of threads. */
    synchronized boolean needContents() {
        return specs.values().stream().anyMatch(RootSpec.ThreadNamed.class::isInstance);
    }

    synchronized void close() {
        closed = true;
        registry.clear();
        specs.clear();
    }
}
