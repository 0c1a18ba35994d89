/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.child;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.growth.HeapPoint;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.source.NativeField;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dump and what to find out of it, on the way to another JVM of the same version of this library: both ends are one class,
 * so the form needs no version of its own.
 *
 * @param dump the dump
 * @param capturedAt when it was taken, which growth needs to know
 * @param wanted what to find out; progress and cancel signal stay at home
 */
public record ChildRequest(Path dump, Instant capturedAt, AnalysisRequest wanted) {
    private static final int MAGIC = 0x48_47_43_31;
    private static final int MOST_TEXT_BYTES = 1 << 20;

    /**
     * Sends it.
     *
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        text(out, dump.toAbsolutePath().toString());
        text(out, capturedAt.toString());
        text(out, wanted.maxLevel().name());
        out.writeInt(wanted.maxTypes());
        out.writeInt(wanted.maxRootTypes());
        out.writeInt(wanted.maxRetainers());
        out.writeDouble(wanted.cpuShare());
        out.writeLong(wanted.scratchBudgetBytes());
        Path scratch = wanted.scratchDirectory();
        text(out, scratch == null ? "" : scratch.toAbsolutePath().toString());
        out.writeInt(wanted.roots().size());
        for (RootDefinition root : wanted.roots()) {
            text(out, root.name());
            text(out, root.spec().toString());
            out.writeLong(root.spec() instanceof RootSpec.Registered registered ? registered.registryId() : 0);
            texts(out, root.exclusions());
        }
        texts(out, wanted.followed());
        out.writeInt(wanted.reading().threads());
        texts(out, wanted.reading().nativeFields());
        model(out, wanted.reading().model());
        history(out, wanted.history());
        out.flush();
    }

    private static void model(DataOutputStream out, @Nullable VmModel model) throws IOException {
        out.writeBoolean(model != null);
        if (model != null) {
            out.writeInt(model.headerBytes());
            out.writeInt(model.referenceBytes());
            out.writeInt(model.alignmentBytes());
            out.writeBoolean(model.packedArrays());
        }
    }

    private static void history(DataOutputStream out, @Nullable HeapHistory history) throws IOException {
        out.writeBoolean(history != null);
        if (history != null) {
            out.writeInt(history.points().size());
            for (HeapPoint point : history.points()) {
                point(out, point);
            }
            out.writeBoolean(history.baseline() != null);
            if (history.baseline() != null) {
                point(out, history.baseline());
            }
        }
    }

    private static void point(DataOutputStream out, HeapPoint point) throws IOException {
        text(out, point.at().toString());
        out.writeLong(point.heapBytes());
        sizes(out, point.types());
        sizes(out, point.roots());
    }

    private static void sizes(DataOutputStream out, Map<String, Size> sizes) throws IOException {
        out.writeInt(sizes.size());
        for (Map.Entry<String, Size> size : sizes.entrySet()) {
            text(out, size.getKey());
            out.writeLong(size.getValue().objects());
            out.writeLong(size.getValue().bytes());
        }
    }

    private static void texts(DataOutputStream out, Iterable<?> values) throws IOException {
        List<String> all = new ArrayList<>();
        values.forEach(value -> all.add(value instanceof Enum<?> constant ? constant.name() : value.toString()));
        out.writeInt(all.size());
        for (String value : all) {
            text(out, value);
        }
    }

    /** A text of any length, which writeUTF has not. */
    static void text(DataOutputStream out, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Receives one.
     *
     * @param in left open
     * @return the request
     * @throws IOException if the stream ends, or holds something else
     */
    public static ChildRequest read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not a request of this version of heapgauge");
        }
        Path dump = Path.of(text(in));
        Instant capturedAt = Instant.parse(text(in));
        AnalysisRequest.Builder wanted = AnalysisRequest.builder()
                .maxLevel(Level.valueOf(text(in)))
                .maxTypes(in.readInt())
                .maxRootTypes(in.readInt())
                .maxRetainers(in.readInt())
                .cpuShare(in.readDouble())
                .scratchBudgetBytes(in.readLong());
        String scratch = text(in);
        if (scratch.isEmpty()) {
            wanted.directScratch();
        } else {
            wanted.scratchDirectory(Path.of(scratch));
        }
        wanted.roots(roots(in));
        Set<EdgeFilter> followed = EnumSet.noneOf(EdgeFilter.class);
        texts(in).forEach(name -> followed.add(EdgeFilter.valueOf(name)));
        wanted.follow(followed);
        wanted.threads(in.readInt());
        wanted.nativeFields(texts(in).stream().map(NativeField::parse).toList());
        if (in.readBoolean()) {
            wanted.vmModel(new VmModel(in.readInt(), in.readInt(), in.readInt(), in.readBoolean()));
        }
        if (in.readBoolean()) {
            List<HeapPoint> points = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                points.add(point(in));
            }
            wanted.history(new HeapHistory(points, in.readBoolean() ? point(in) : null));
        }
        return new ChildRequest(dump, capturedAt, wanted.build());
    }

    private static List<RootDefinition> roots(DataInputStream in) throws IOException {
        List<RootDefinition> roots = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = text(in);
            RootSpec spec = RootSpec.parse(text(in));
            long registryId = in.readLong();
            if (spec instanceof RootSpec.Registered registered) {
                spec = new RootSpec.Registered(registered.entryName(), registryId);
            }
            roots.add(new RootDefinition(
                    name, spec, texts(in).stream().map(Exclusion::parse).toList()));
        }
        return roots;
    }

    private static HeapPoint point(DataInputStream in) throws IOException {
        Instant at = Instant.parse(text(in));
        return new HeapPoint(at, in.readLong(), sizes(in), sizes(in));
    }

    private static Map<String, Size> sizes(DataInputStream in) throws IOException {
        Map<String, Size> sizes = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            sizes.put(text(in), new Size(in.readLong(), in.readLong()));
        }
        return sizes;
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_TEXT_BYTES) {
            throw new IOException("a text of " + length + " bytes; the stream is damaged");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
