/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import java.util.Arrays;

/** The GC roots of a heap in the order of the source. The same object may be held several times. */
public final class GcRoots {
    /** Why the VM holds an object. */
    public enum Kind {
        /** A live thread. */
        THREAD("live thread", false),
        /** A local variable or operand in a Java frame of a thread. */
        JAVA_FRAME("Java frame", true),
        /** A JNI local reference of a thread. */
        JNI_LOCAL("JNI local", true),
        /** A native stack of a thread. */
        NATIVE_STACK("native stack", true),
        /** A thread block. */
        THREAD_BLOCK("thread block", true),
        /** A JNI global reference. */
        JNI_GLOBAL("JNI global", false),
        /** A class that is never unloaded. */
        STICKY_CLASS("sticky class", false),
        /** A monitor in use. */
        MONITOR("monitor in use", false),
        /** Anything else, or the source does not tell. */
        OTHER("unknown", false);

        private final String label;
        private final boolean ofThread;

        Kind(String label, boolean ofThread) {
            this.label = label;
            this.ofThread = ofThread;
        }

        /**
         * What people call it.
         *
         * @return a few words
         */
        public String label() {
            return label;
        }

        /**
         * Whether it is a frame, JNI local or native stack of a thread.
         *
         * @return true if so
         */
        public boolean isOfThread() {
            return ofThread;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private long[] ids = new long[16];
    private int[] threadSerials = new int[16];
    private byte[] kinds = new byte[16];
    private int size;

    /** Makes an empty collection. */
    public GcRoots() {}

    /**
     * Adds a root.
     *
     * @param id the object held
     * @param kind why
     * @param threadSerial serial number of the thread, 0 for none
     */
    public void add(long id, Kind kind, int threadSerial) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            threadSerials = Arrays.copyOf(threadSerials, size * 2);
            kinds = Arrays.copyOf(kinds, size * 2);
        }
        ids[size] = id;
        threadSerials[size] = threadSerial;
        kinds[size++] = (byte) kind.ordinal();
    }

    /**
     * Adds the roots of another collection behind its own.
     *
     * @param other the other one
     */
    public void addAll(GcRoots other) {
        for (int root = 0; root < other.size; root++) {
            add(other.ids[root], KINDS[other.kinds[root]], other.threadSerials[root]);
        }
    }

    /**
     * Number of roots.
     *
     * @return from 0
     */
    public int size() {
        return size;
    }

    /**
     * The object held.
     *
     * @param root from 0
     * @return its id
     */
    public long id(int root) {
        return ids[root];
    }

    /**
     * Why it is held.
     *
     * @param root from 0
     * @return the kind
     */
    public Kind kind(int root) {
        return KINDS[kinds[root]];
    }

    /**
     * The thread that holds it.
     *
     * @param root from 0
     * @return its serial number, 0 for none
     */
    public int threadSerial(int root) {
        return threadSerials[root];
    }
}
