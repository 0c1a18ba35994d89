/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * A thread of a dump.
 *
 * @param name its name
 * @param object the thread's object
 * @param heldBytes what the GC roots would not reach without the thread and what its frames hold
 * @param frames its stack, innermost first
 */
public record ThreadFacts(String name, ObjectFacts object, long heldBytes, List<Frame> frames) {
    /**
     * A frame.
     *
     * @param method class and method
     * @param location file and line
     * @param locals what its local variables and operands hold
     */
    public record Frame(String method, String location, List<ObjectFacts> locals) {
        /**
         * Keeps an immutable copy.
         *
         * @param method class and method
         * @param location file and line
         * @param locals what it holds
         */
        public Frame {
            locals = List.copyOf(locals);
        }
    }

    /**
     * Keeps an immutable copy.
     *
     * @param name its name
     * @param object the thread's object
     * @param heldBytes what it holds
     * @param frames its stack
     */
    public ThreadFacts {
        frames = List.copyOf(frames);
    }

    /**
     * As a thread dump shows it, with what each frame holds.
     *
     * @return lines that end in {@code \n}
     */
    public String text() {
        StringBuilder out = new StringBuilder("\"" + Units.printable(name) + "\" 0x" + Long.toHexString(object.id()));
        out.append(", holds ").append(Units.plural(heldBytes, "byte")).append('\n');
        for (Frame frame : frames) {
            out.append("    at ").append(Units.printable(frame.method()));
            out.append('(').append(Units.printable(frame.location())).append(")\n");
            for (ObjectFacts local : frame.locals()) {
                out.append("        0x").append(Long.toHexString(local.id())).append(' ');
                out.append(Units.printable(local.type())).append(' ').append(ObjectText.value(local.value()));
                out.append('\n');
            }
        }
        return out.toString();
    }
}
