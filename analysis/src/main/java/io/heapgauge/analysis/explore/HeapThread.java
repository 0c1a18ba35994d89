/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.ThreadStack;
import io.heapgauge.analysis.measure.SetRetained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A thread that was alive, with its stack and what it keeps alive. */
public final class HeapThread {
    private final View view;
    private final ThreadStack stack;

    HeapThread(View view, ThreadStack stack) {
        this.view = view;
        this.stack = stack;
    }

    /**
     * A frame.
     *
     * @param method class and method, {@code com.acme.Shop.serve}
     * @param location {@code Shop.java:12}, {@code Native Method} or {@code Unknown Source}
     * @param locals what its local variables and operands refer to; names of variables are not in a dump
     */
    public record Frame(String method, String location, List<HeapObject> locals) {
        /** As a stack trace has it. */
        @Override
        public String toString() {
            return "at " + method + "(" + location + ")";
        }
    }

    /**
     * The thread's object.
     *
     * @return a placeholder where the dump does not have it
     */
    public HeapObject object() {
        return view.objectAt(stack.threadId());
    }

    /**
     * Its name.
     *
     * @return the text, {@code ?} where the dump does not tell
     */
    public String name() {
        return object().text(Values.SHORT).orElse("?");
    }

    /**
     * Its stack.
     *
     * @return frames, innermost first; empty where the dump has none
     */
    public List<Frame> frames() {
        return stack.frames().stream()
                .map(frame -> new Frame(frame.method(), frame.location(), objects(frame.locals())))
                .toList();
    }

    private List<HeapObject> objects(List<Long> ids) {
        return ids.stream().map(view::objectAt).toList();
    }

    /**
     * What its frames and native code hold, the thread itself not counted.
     *
     * @return each object once
     */
    public List<HeapObject> locals() {
        return Stream.concat(stack.frames().stream().flatMap(frame -> frame.locals().stream()), stack.others().stream())
                .distinct()
                .map(view::objectAt)
                .toList();
    }

    /**
     * What it owns in the view it was asked of: all that the thread and its frames reach, without what the view excludes.
     * Cost: a visit of each object that they reach.
     *
     * @return objects and bytes by type
     */
    public HeapSummary summarize() {
        return HeapSummary.of(view, starts());
    }

    private int[] starts() {
        return Stream.concat(Stream.of(object()), locals().stream())
                .filter(object -> !object.isMissing())
                .mapToInt(HeapObject::ordinal)
                .distinct()
                .toArray();
    }

    /**
     * What the GC roots no longer reach without the thread and what its frames hold. Cost: two visits of every object.
     *
     * @return bytes
     */
    public long retained() {
        OpenHeap open = view.open();
        HeapGraph graph = open.graph();
        return SetRetained.of(graph, open.scratch(), open.monitor(), List.of(SetRetained.ObjectSet.of(starts())))
                .get(0)
                .bytes();
    }

    /**
     * Its ThreadLocals with their values. A key that only the thread still knows, of a ThreadLocal that was collected, is left
     * out with its value told under the entry's own address.
     *
     * @return ThreadLocal, or the entry where the ThreadLocal is gone → value, null where that is null
     */
    public Map<HeapObject, @Nullable HeapObject> threadLocals() {
        Map<HeapObject, @Nullable HeapObject> locals = new LinkedHashMap<>();
        for (String field : List.of("threadLocals", "inheritableThreadLocals")) {
            if (object().fields().get(field) instanceof HeapObject map
                    && map.fields().get("table") instanceof HeapObject table) {
                table.asList().stream().filter(Objects::nonNull).forEach(entry -> {
                    Map<String, @Nullable Object> fields = entry.fields();
                    HeapObject key = fields.get("referent") instanceof HeapObject local ? local : entry;
                    locals.put(key, fields.get("value") instanceof HeapObject value ? value : null);
                });
            }
        }
        return locals;
    }

    /**
     * The stack as a thread dump shows it, with what each frame holds.
     *
     * @return lines that end in {@code \n}
     */
    public String trace() {
        List<String> lines = new ArrayList<>();
        lines.add("\"" + name() + "\" " + object());
        for (Frame frame : frames()) {
            lines.add("    " + frame);
            frame.locals().forEach(local -> lines.add("        " + local));
        }
        return String.join("\n", lines) + "\n";
    }

    @Override
    public String toString() {
        return "\"" + name() + "\" " + object() + ", " + stack.frames().size() + " frames";
    }
}
