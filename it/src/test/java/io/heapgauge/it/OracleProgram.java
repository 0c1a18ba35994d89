/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a heap with large owners, shared parts and every case that engines treat differently, and dumps it, garbage
 * included: {@code OracleProgram FILE.hprof OBJECTS SEED}.
 */
final class OracleProgram {
    private static final List<Folder> FOLDERS = new ArrayList<>();
    /** Holds a tree with a part that lies on the stack as well, and the folders, which make the shelf itself no tree. */
    private static final List<Object> SHELF = new ArrayList<>();

    private static final List<WeakReference<Object>> WATCHED = new ArrayList<>();
    private static final int MEGABYTE = 1 << 20;

    private OracleProgram() {}

    public static void main(String[] args) throws IOException {
        HeapMaker.make(Long.parseLong(args[2]), Long.parseLong(args[1]));
        fillFolders();
        WATCHED.add(new WeakReference<>(FOLDERS.get(0).pages));
        Counter counter = new Counter();
        Class<?> derived = new Derived().getClass();
        byte[] onStack = new byte[MEGABYTE];
        SHELF.add(new Object[] {onStack, new byte[1]});
        SHELF.add(FOLDERS);
        // last, for a collection would take the garbage away
        touchFromGarbage(FOLDERS.get(1));
        watchFromGarbage(FOLDERS.get(2));
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
        // they lie on the stack until now
        Reference.reachabilityFence(onStack);
        Reference.reachabilityFence(counter);
        Reference.reachabilityFence(derived);
    }

    /** Folders of two megabytes of their own each, and every two neighbours share two. */
    private static void fillFolders() {
        byte[] shared = new byte[2 * MEGABYTE];
        for (int i = 0; i < 16; i++) {
            Folder folder = new Folder();
            folder.pages.add(shared);
            folder.pages.add(new byte[2 * MEGABYTE]);
            shared = new byte[2 * MEGABYTE];
            folder.pages.add(shared);
            FOLDERS.add(folder);
        }
    }

    /** A dead array that refers to what is alive. */
    private static void touchFromGarbage(Folder folder) {
        Object[] dead = {folder.pages.get(1)};
        if (dead.length != 1) {
            throw new AssertionError();
        }
    }

    /** A dead weak reference to what is alive. */
    private static void watchFromGarbage(Folder folder) {
        WeakReference<Object> dead = new WeakReference<>(folder.pages.get(1));
        if (dead.get() == null) {
            throw new AssertionError();
        }
    }

    private static final class Folder {
        final List<byte[]> pages = new ArrayList<>();
    }

    /** Its only instance is on the stack; the class itself is in the list of its loader. */
    private static final class Counter {
        static final byte[] TABLE = new byte[MEGABYTE];
    }

    private static class Base {
        static final byte[] TABLE = new byte[MEGABYTE];
    }

    /** Its class object is on the stack, no instance is alive. */
    private static final class Derived extends Base {}
}
