/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.FixtureType;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random heap with a random configuration of roots, written down twice: as a {@link FixtureHeap} for the dump and as plain
 * maps for the brute force.
 */
public final class RandomHeap {
    private static final String[] PACKAGES = {"", "p.", "p.q.", "pq."};
    static final String ENTRY = "io.heapgauge.RootRegistry$Entry";
    static final long REGISTRY = 77;
    private static final String LOCK = "java.util.concurrent.locks.AbstractOwnableSynchronizer";

    /** An object or class object as the brute force sees it. */
    static final class Node {
        final String type;
        final long bytes;
        /** Declaring class and field → object; array slots and the class record's own references have other keys. */
        final Map<String, Long> references = new LinkedHashMap<>();

        Node(String type, long bytes) {
            this.type = type;
            this.bytes = bytes;
        }
    }

    final Random random;
    public final FixtureHeap heap = new FixtureHeap();
    final Map<Long, Node> nodes = new HashMap<>();
    final Map<String, Long> classObjects = new HashMap<>();
    final List<Long> gcRoots = new ArrayList<>();
    final Map<String, List<Long>> threads = new HashMap<>();
    final Map<String, Long> registered = new HashMap<>();
    public final List<RootDefinition> roots = new ArrayList<>();

    private final List<FixtureType> types = new ArrayList<>();
    private final Map<FixtureType, FixtureType> parents = new HashMap<>();
    private final Map<FixtureType, List<String>> fields = new HashMap<>();
    private final Map<FixtureType, String> names = new HashMap<>();
    private final List<Long> objects = new ArrayList<>();

    public RandomHeap(long seed) {
        random = new Random(seed);
        if (random.nextInt(4) == 0) {
            heap.scattered(seed);
        }
        makeTypes();
        makeObjects();
        makeReferences();
        makeGcRoots();
        chooseRoots();
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void makeTypes() {
        FixtureType reference = heap.type("java.lang.ref.Reference");
        fields.put(reference, List.of("referent", "queue", "next", "discovered"));
        names.put(reference, "java.lang.ref.Reference");
        FixtureType loader = heap.type("java.lang.ClassLoader");
        fields.put(loader, List.of("parent", "classes"));
        names.put(loader, "java.lang.ClassLoader");
        FixtureType lock = heap.type(LOCK).field("exclusiveOwnerThread", FieldType.OBJECT);
        fields.put(lock, List.of("exclusiveOwnerThread"));
        names.put(lock, LOCK);
        types.add(lock);
        heap.type(ENTRY)
                .extending("java.lang.ref.WeakReference")
                .field("registryId", FieldType.LONG)
                .field("name", FieldType.OBJECT);
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            String name = PACKAGES[random.nextInt(PACKAGES.length)] + "C" + i;
            FixtureType type = heap.type(name);
            if (chance(6)) {
                type.extending("java.lang.ref.WeakReference");
                parents.put(type, reference);
            } else if (chance(8)) {
                type.extending("java.lang.ClassLoader");
                parents.put(type, loader);
            } else if (!types.isEmpty() && chance(2)) {
                FixtureType parent = any(types);
                type.extending(names.get(parent));
                parents.put(type, parent);
            }
            List<String> own = new ArrayList<>();
            for (int f = random.nextInt(4); f > 0; f--) {
                if (chance(3)) {
                    type.field("n" + f, chance(2) ? FieldType.INT : FieldType.LONG);
                }
                own.add("f" + f);
                type.field("f" + f, FieldType.OBJECT);
            }
            for (int s = random.nextInt(3); s > 0; s--) {
                type.staticField("S" + s, FieldType.OBJECT);
            }
            fields.put(type, own);
            names.put(type, name);
            types.add(type);
        }
    }

    private void makeObjects() {
        int count = 5 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            FixtureType type = any(types);
            long id;
            if (chance(6)) {
                id = heap.objectArray(names.get(type) + "[]", new long[random.nextInt(5)]);
            } else {
                id = heap.instanceOf(type, Map.of());
                holders.put(id, type);
            }
            add(id);
            objects.add(id);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = "worker " + i;
            long id = heap.thread(name);
            threads.put(name, new ArrayList<>(List.of(id)));
            gcRoots.add(id);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = "reg-\u00e9" + i;
            byte[] utf8 = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            long bytes = heap.byteArray(utf8);
            long target = any(objects);
            long entry = heap.instance(ENTRY, Map.of("name", bytes, "registryId", REGISTRY, "referent", target));
            registered.put(name, target);
            heap.root(RootKind.JNI_GLOBAL, entry);
            gcRoots.add(entry);
            add(entry);
            add(bytes);
            nodes.get(entry).references.put(ENTRY + "#name", bytes);
            nodes.get(entry).references.put("java.lang.ref.Reference#referent", target);
        }
        for (long id : heap.objects()) {
            if (!nodes.containsKey(id)) {
                add(id);
            }
        }
        threads.forEach((name, starts) -> {
            long thread = starts.get(0);
            long string = heap.reference(thread, "name");
            nodes.get(thread).references.put("java.lang.Thread#name", string);
            nodes.get(string).references.put("java.lang.String#value", heap.reference(string, "value"));
        });
        heap.types().forEach(type -> classObjects.put(type.typeName(), type.classId()));
        heap.types().forEach(type -> {
            Node node = new Node("java.lang.Class", 0);
            if (type.superName() != null) {
                node.references.put("super", classObjects.get(type.superName()));
            }
            nodes.put(type.classId(), node);
        });
    }

    private final Map<Long, FixtureType> holders = new LinkedHashMap<>();

    private void add(long id) {
        nodes.put(id, new Node(heap.typeOf(id), heap.shallowBytes(id)));
    }

    private long target() {
        if (chance(12)) {
            return any(types).classId();
        }
        if (chance(20) && !threads.isEmpty()) {
            return threads.values().iterator().next().get(0);
        }
        return any(objects);
    }

    private void makeReferences() {
        holders.forEach((id, type) -> {
            for (FixtureType at = type; at != null; at = parents.get(at)) {
                for (String field : fields.get(at)) {
                    if (!chance(3)) {
                        long target = chance(30) ? 0x7000_0000L : target();
                        heap.set(id, names.get(at) + "#" + field, target);
                        nodes.get(id).references.put(names.get(at) + "#" + field, target);
                    }
                }
            }
        });
        for (long id : objects) {
            if (!holders.containsKey(id)) {
                for (int i = 0; i < heap.arrayLength(id); i++) {
                    if (!chance(3)) {
                        long target = target();
                        heap.setElement(id, i, target);
                        nodes.get(id).references.put("[" + i, target);
                    }
                }
            }
        }
        List<Long> loaders = holders.entrySet().stream()
                .filter(entry -> "java.lang.ClassLoader".equals(names.get(parents.get(entry.getValue()))))
                .map(Map.Entry::getKey)
                .toList();
        for (FixtureType type : types) {
            Node node = nodes.get(type.classId());
            for (String field : type.staticNames()) {
                if (chance(2)) {
                    long target = target();
                    type.set(field, target);
                    node.references.put(names.get(type) + "#" + field, target);
                }
            }
            if (!loaders.isEmpty() && chance(2)) {
                long loader = any(loaders);
                type.loadedBy(loader);
                node.references.put("java.lang.Class#classLoader", loader);
            }
        }
    }

    private void makeGcRoots() {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            long id = chance(4) ? any(types).classId() : any(objects);
            heap.root(chance(2) ? RootKind.JNI_GLOBAL : RootKind.UNKNOWN, id);
            gcRoots.add(id);
        }
        threads.forEach((name, starts) -> {
            for (int i = random.nextInt(3); i > 0; i--) {
                long id = any(objects);
                heap.frameLocal(starts.get(0), id);
                starts.add(id);
                gcRoots.add(id);
            }
        });
    }

    private void chooseRoots() {
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            FixtureType type = any(types);
            RootSpec spec = switch (random.nextInt(6)) {
                case 0 -> RootSpec.staticField(names.get(type), "S" + (1 + random.nextInt(2)));
                case 1 -> RootSpec.instancesOf(names.get(type));
                case 2 -> RootSpec.thread("worker " + (1 + random.nextInt(2)));
                case 3 -> new RootSpec.Registered("reg-\u00e9" + (1 + random.nextInt(2)), chance(2) ? 0 : REGISTRY);
                case 4 -> new RootSpec.Registered("reg-\u00e91", REGISTRY + 1);
                default -> new RootSpec.AtAddress(any(objects));
            };
            roots.add(new RootDefinition("root" + i, spec, List.of()));
        }
        roots.replaceAll(root -> new RootDefinition(root.name(), root.spec(), exclusions()));
    }

    private List<Exclusion> exclusions() {
        List<Exclusion> exclusions = new ArrayList<>();
        while (chance(2)) {
            FixtureType type = any(types);
            exclusions.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Exclusion.OfClass(chance(3) ? names.get(type) + "[]" : names.get(type));
                        case 1 -> new Exclusion.OfPackage(chance(2) ? "p" : "p.q");
                        case 2 -> new Exclusion.OfField(names.get(type), "f" + (1 + random.nextInt(3)));
                        case 3 -> new Exclusion.OfField(names.get(type), "S" + (1 + random.nextInt(2)));
                        default -> new Exclusion.OfRoot(any(roots).name());
                    });
        }
        return exclusions;
    }
}
