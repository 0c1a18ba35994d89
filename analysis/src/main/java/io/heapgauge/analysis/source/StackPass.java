/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.ThreadStack;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.hprof.RootKind;
import io.heapgauge.analysis.monitor.Monitor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** A pass for the stacks of threads: frames and traces stand before the heap, what they hold among the GC roots. */
final class StackPass extends ProgressVisitor {
    private static final int NATIVE_METHOD = -3;

    private record Frame(long methodNameId, long sourceNameId, int classSerial, int line) {}

    private record Held(int frame, long id) {}

    private record Live(long id, int traceSerial) {}

    private final Census census;
    private final Int2ObjectHashMap<String> classNames = new Int2ObjectHashMap<>();
    private final Long2ObjectHashMap<Frame> frames = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<long[]> traces = new Int2ObjectHashMap<>();
    private final Map<Integer, Live> threads = new LinkedHashMap<>();
    private final Map<Integer, List<Held>> held = new LinkedHashMap<>();

    StackPass(Census census, Monitor monitor) {
        super(monitor::at);
        this.census = census;
    }

    @Override
    public void loadClass(int serial, long classId, int stackSerial, long nameId) {
        classNames.put(serial, ClassNames.exact(census.classes().symbol(nameId)));
    }

    @Override
    public void stackFrame(
            long frameId, long methodNameId, long signatureId, long sourceNameId, int classSerial, int line) {
        frames.put(frameId, new Frame(methodNameId, sourceNameId, classSerial, line));
    }

    @Override
    public void stackTrace(int serial, int threadSerial, long[] frameIds) {
        traces.put(serial, frameIds);
    }

    @Override
    public void root(RootKind kind, long id, int threadSerial, int detail) {
        switch (kind) {
            case THREAD_OBJECT -> threads.putIfAbsent(threadSerial, new Live(id, detail));
            case JAVA_FRAME, JNI_LOCAL, NATIVE_STACK, THREAD_BLOCK ->
                held.computeIfAbsent(threadSerial, serial -> new ArrayList<>())
                        .add(new Held(
                                kind == RootKind.NATIVE_STACK || kind == RootKind.THREAD_BLOCK ? -1 : detail, id));
            default -> {
                // held by the VM, not by a thread
            }
        }
    }

    List<ThreadStack> threads() {
        List<ThreadStack> stacks = new ArrayList<>();
        threads.forEach((serial, live) -> stacks.add(stack(serial, live)));
        return stacks;
    }

    private ThreadStack stack(int serial, Live live) {
        long[] ids = traces.get(live.traceSerial());
        int depth = ids == null ? 0 : ids.length;
        List<List<Long>> locals = new ArrayList<>();
        for (int frame = 0; frame < depth; frame++) {
            locals.add(new ArrayList<>());
        }
        List<Long> others = new ArrayList<>();
        for (Held one : held.getOrDefault(serial, List.of())) {
            (one.frame() >= 0 && one.frame() < depth ? locals.get(one.frame()) : others).add(one.id());
        }
        List<ThreadStack.Frame> stack = new ArrayList<>();
        for (int frame = 0; frame < depth; frame++) {
            stack.add(frame(frames.get(ids[frame]), locals.get(frame)));
        }
        return new ThreadStack(live.id(), serial, stack, others);
    }

    private ThreadStack.Frame frame(@Nullable Frame frame, List<Long> locals) {
        if (frame == null) {
            return new ThreadStack.Frame("unknown", "Unknown Source", locals);
        }
        String owner = classNames.getOrDefault(frame.classSerial(), "unknown class");
        String method = owner + "." + census.classes().symbol(frame.methodNameId());
        return new ThreadStack.Frame(method, location(frame), locals);
    }

    private String location(Frame frame) {
        if (frame.line() == NATIVE_METHOD) {
            return "Native Method";
        }
        if (frame.sourceNameId() == 0) {
            return "Unknown Source";
        }
        String source = census.classes().symbol(frame.sourceNameId());
        return frame.line() > 0 ? source + ":" + frame.line() : source;
    }
}
