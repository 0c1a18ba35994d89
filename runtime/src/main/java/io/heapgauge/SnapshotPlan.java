/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.source.NativeRule;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a snapshot shall measure, in the form of the native part's {@code plan.h}. The rules of ownership are
 * those of the analysis: {@link EdgeFilter}, {@link NativeRule} and the roots' own exclusions.
 *
 * @param bytes the plan
 * @param entries of the registry, for the roots that are found by them; they must be held by others as well
 */
record SnapshotPlan(byte[] bytes, RootRegistry.@Nullable Entry[] entries) {
    private static final int SECONDS_FOR_ROOTS = 60;
    /** With few roots all types of each; with many the message stays short. */
    private static final int MOST_ROWS = 100_000;

    private static final int LEAST_ROWS_PER_ROOT = 100;
    private static final long LEAST_BYTES = 64 << 20;
    /** The marks take a 64th, with compact headers a 32nd. */
    private static final int SHARE_OF_HEAP = 16;

    private static final int ENTRY = 1;
    private static final int STATIC = 2;
    private static final int CLASS = 3;
    private static final int THREAD = 4;
    private static final int NOT_HERE = 5;
    private static final int EXCLUDE_CLASS = 1;
    private static final int EXCLUDE_PACKAGE = 2;
    private static final int EXCLUDE_FIELD = 3;
    private static final int EXCLUDE_ROOT = 4;

    /** Counts objects by type and follows nothing. */
    static SnapshotPlan types() {
        return of(Level.TYPES, 1, List.of(), Map.of());
    }

    /**
     * Measures roots.
     *
     * @param level up to which
     * @param processes how many share the roots, 1 to 64
     * @param roots the configured roots; of their exclusions those that name a root name one of these
     * @param registry the registered objects
     * @throws IllegalArgumentException if a name is longer than the VM's may be
     */
    static SnapshotPlan of(
            Level level, int processes, List<RootDefinition> roots, Map<String, RootRegistry.Entry> registry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<RootRegistry.@Nullable Entry> entries = new ArrayList<>();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(level.ordinal());
            out.writeByte(processes);
            out.writeInt(SECONDS_FOR_ROOTS);
            out.writeInt(Math.max(LEAST_ROWS_PER_ROOT, MOST_ROWS / Math.max(1, roots.size())));
            out.writeLong(LEAST_BYTES + Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
            writeLeftOut(out);
            writeNatives(out);
            Map<String, Integer> indices = new HashMap<>();
            roots.forEach(root -> indices.put(root.name(), indices.size()));
            out.writeInt(roots.size());
            for (RootDefinition root : roots) {
                writeSpec(root.spec(), entries, registry, out);
                writeExclusions(root.exclusions(), indices, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a name too long; memory has no other trouble
        }
        return new SnapshotPlan(bytes.toByteArray(), entries.toArray(RootRegistry.Entry[]::new));
    }

    private static void writeLeftOut(DataOutputStream out) throws IOException {
        // referents are never followed there
        List<FieldRule> rules = Stream.of(EdgeFilter.values())
                .map(EdgeFilter::rule)
                .filter(rule -> rule != null && !rule.equals(FieldRule.REFERENT))
                .map(Objects::requireNonNull)
                .toList();
        out.writeShort(rules.size());
        for (FieldRule rule : rules) {
            writeField(rule.className(), rule.field(), out);
        }
    }

    private static void writeNatives(DataOutputStream out) throws IOException {
        out.writeShort(NativeRule.KNOWN.size());
        for (NativeRule rule : NativeRule.KNOWN) {
            out.writeLong(rule.constantBytes());
            writeField(rule.bytes(), out);
            writeField(rule.mustBeSet(), out);
            writeField(rule.mustNotBeSet(), out);
        }
    }

    private static void writeField(@Nullable FieldRule rule, DataOutputStream out) throws IOException {
        writeField(rule == null ? "" : rule.className(), rule == null ? "" : rule.field(), out);
    }

    private static void writeField(String className, String field, DataOutputStream out) throws IOException {
        out.writeUTF(className);
        out.writeUTF(field);
    }

    private static void writeSpec(
            RootSpec spec,
            List<RootRegistry.@Nullable Entry> entries,
            Map<String, RootRegistry.Entry> registry,
            DataOutputStream out)
            throws IOException {
        if (spec instanceof RootSpec.Registered registered) {
            out.writeByte(ENTRY);
            out.writeInt(entries.size());
            entries.add(registry.get(registered.entryName()));
        } else if (spec instanceof RootSpec.StaticField field) {
            out.writeByte(STATIC);
            writeField(field.className(), field.field(), out);
        } else if (spec instanceof RootSpec.InstancesOf instances) {
            out.writeByte(CLASS);
            out.writeUTF(instances.className());
        } else if (spec instanceof RootSpec.ThreadNamed thread
                && thread.threadName().length() <= 0xffff) {
            out.writeByte(THREAD);
            out.writeShort(thread.threadName().length());
            out.writeChars(thread.threadName());
        } else {
            out.writeByte(NOT_HERE);
        }
    }

    private static void writeExclusions(List<Exclusion> exclusions, Map<String, Integer> indices, DataOutputStream out)
            throws IOException {
        out.writeShort(exclusions.size());
        for (Exclusion exclusion : exclusions) {
            if (exclusion instanceof Exclusion.OfClass of) {
                out.writeByte(EXCLUDE_CLASS);
                out.writeUTF(of.className());
            } else if (exclusion instanceof Exclusion.OfPackage of) {
                out.writeByte(EXCLUDE_PACKAGE);
                out.writeUTF(of.packageName());
            } else if (exclusion instanceof Exclusion.OfField of) {
                out.writeByte(EXCLUDE_FIELD);
                writeField(of.className(), of.field(), out);
            } else if (exclusion instanceof Exclusion.OfRoot of) {
                out.writeByte(EXCLUDE_ROOT);
                out.writeInt(Objects.requireNonNull(indices.get(of.rootName()), of.rootName()));
            }
        }
    }
}
