/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import shark.CloseableHeapGraph;
import shark.HeapGraph;
import shark.HprofHeapGraph;
import shark.HprofRecordTag;
import shark.IgnoredReferenceMatcher;
import shark.ReferencePattern;
import shark.internal.ObjectDominators;

/**
 * Retained sizes with Shark's dominator tree of the whole heap. Its public method renders the tree, recursing along every
 * chain; what it renders is built by a private one, which is called here.
 */
final class SharkRetained {
    private static final long NO_OBJECT = 0;

    private SharkRetained() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        try (CloseableHeapGraph graph = HprofHeapGraph.Companion.openHeapGraph(
                new File(args[0]), null, HprofRecordTag.Companion.getRootTags())) {
            dominators(graph).entrySet().stream()
                    .filter(object -> object.getKey() != NO_OBJECT)
                    .sorted(Comparator.comparing(object -> -object.getValue().getRetainedSize()))
                    .limit(Retainers.TOP)
                    .forEach(object ->
                            Retainers.print(object.getKey(), object.getValue().getRetainedSize()));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Long, ObjectDominators.DominatorNode> dominators(HeapGraph graph)
            throws ReflectiveOperationException {
        Method build = ObjectDominators.class.getDeclaredMethod("buildDominatorTree", HeapGraph.class, List.class);
        build.setAccessible(true);
        return (Map<Long, ObjectDominators.DominatorNode>) build.invoke(new ObjectDominators(), graph, referents());
    }

    /** What holds nothing. */
    private static List<IgnoredReferenceMatcher> referents() {
        return Stream.of("WeakReference", "SoftReference", "PhantomReference", "FinalReference")
                .map(type -> new ReferencePattern.InstanceFieldPattern("java.lang.ref." + type, "referent"))
                .map(IgnoredReferenceMatcher::new)
                .toList();
    }
}
