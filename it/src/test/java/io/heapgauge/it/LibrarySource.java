/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.FieldSink;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapSource;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.source.HprofSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A dump with the NetBeans library's shallow sizes in place of ours, and as many of its conventions as one likes. */
final class LibrarySource implements HeapSource {
    private final HprofSource dump;
    private final NetBeansHeap library;
    private final LibraryHolders holders;
    private final Set<Convention> conventions;

    private LibrarySource(HprofSource dump, NetBeansHeap library, LibraryHolders holders, Set<Convention> conventions) {
        this.dump = dump;
        this.library = library;
        this.holders = holders;
        this.conventions = conventions;
    }

    static LibrarySource open(Path dump, NetBeansHeap library, LibraryHolders holders, Set<Convention> conventions)
            throws IOException {
        return new LibrarySource(
                HprofSource.open(dump, HprofSource.Options.DEFAULT, Monitor.NONE), library, holders, conventions);
    }

    @Override
    public TypeTally scan(Supplier<? extends IdSink> ids) throws IOException {
        return dump.scan(ids);
    }

    @Override
    public List<HeapType> types() {
        return dump.types();
    }

    @Override
    public int classType() {
        return dump.classType();
    }

    @Override
    public GcRoots roots() {
        if (!conventions.contains(Convention.GARBAGE_HOLDS)) {
            return dump.roots();
        }
        GcRoots roots = new GcRoots();
        roots.addAll(dump.roots());
        holders.heldByGarbage().forEach(id -> roots.add(id, GcRoots.Kind.OTHER, 0));
        return roots;
    }

    /** The library aligns nothing. */
    @Override
    public int alignmentBytes() {
        return 1;
    }

    @Override
    public void references(FieldRules rules, Supplier<? extends ReferenceSink> sinks) throws IOException {
        dump.references(rules, () -> new Translation(sinks.get()));
    }

    @Override
    public void contents(LongPredicate wanted, ContentSink sink) throws IOException {
        dump.contents(wanted, sink);
    }

    @Override
    public void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) throws IOException {
        dump.fieldsBetween(targetOf, sink);
    }

    @Override
    public int referenceBytes() {
        return dump.referenceBytes();
    }

    @Override
    public List<String> primitiveFields(int type) {
        return dump.primitiveFields(type);
    }

    @Override
    public void values(List<List<FieldRule>> fields, ValueSink sink) throws IOException {
        dump.values(fields, sink);
    }

    @Override
    public List<String> fieldReferences(FieldReferenceSink sink) throws IOException {
        return dump.fieldReferences(sink);
    }

    /** Passes objects on with other sizes and references. */
    private final class Translation implements ReferenceSink {
        private final ReferenceSink sink;
        private final Map<Long, HeapType> classes = new HashMap<>();
        private long current;
        private @Nullable HeapType currentClass;

        Translation(ReferenceSink sink) {
            this.sink = sink;
            types().forEach(type -> classes.put(type.classId(), type));
        }

        @Override
        public void object(long id, int type, long bytes) {
            current = id;
            currentClass = classes.get(id);
            boolean weighsNothing =
                    currentClass != null && conventions.contains(Convention.CLASS_OBJECTS_WEIGH_NOTHING);
            sink.object(id, type, weighsNothing ? 0 : library.shallowBytes(id));
        }

        @Override
        public void references(long[] ids, int count) {
            if (currentClass == null || !conventions.contains(Convention.CLASSES_HOLD_NO_SUPER_CLASS)) {
                sink.references(ids, count);
            }
        }

        @Override
        public void end() {
            if (currentClass != null && conventions.contains(Convention.CLASSES_HOLD_NO_SUPER_CLASS)) {
                passLoaderAndStatics(currentClass);
            }
            if (conventions.contains(Convention.FIRST_INSTANCE_HOLDS_ITS_CLASS)) {
                pass(holders.classes().getOrDefault(current, List.of()));
            }
            if (conventions.contains(Convention.REFERENCES_HOLD_LIVE_REFERENTS)) {
                pass(holders.referents().getOrDefault(current, List.of()));
            }
            sink.end();
        }

        private void passLoaderAndStatics(HeapType type) {
            sink.references(new long[] {type.loaderId()}, 1);
            pass(type.statics().stream()
                    .map(HeapType.StaticReference::value)
                    .filter(id -> id != 0)
                    .toList());
        }

        private void pass(List<Long> ids) {
            sink.references(ids.stream().mapToLong(Long::longValue).toArray(), ids.size());
        }
    }
}
