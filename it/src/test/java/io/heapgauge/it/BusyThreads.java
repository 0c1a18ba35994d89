/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Four threads that give a snapshot a hard time: one allocates, two contend for locks that wait and notify, one loads and
 * forgets classes, one starts threads, virtual ones where the JDK has them. What they count tells that they all went on.
 */
public final class BusyThreads {
    /** An object that only a frame of a blocked thread holds. */
    public static final class Held {
        /** Something to be reached through it. */
        public final byte[] content = new byte[100];
    }

    /** An empty class, to be loaded again and again. */
    static final class Template {
        private Template() {}
    }

    private static final int SLOTS = 5_000;
    private static final int MOST_BYTES = 2_000;
    private static final int LOCKS = 3;
    private static final List<Thread> HELD_THREADS = new ArrayList<>();

    private final Object[] slots = new Object[SLOTS];
    private final Object[] locks = new Object[LOCKS];
    private final AtomicLong[] counts = new AtomicLong[Kind.values().length];
    private final byte[] template;

    /** What the threads do. */
    public enum Kind {
        ALLOCATE,
        CONTEND,
        LOAD,
        START
    }

    /** One step of a thread's work. */
    private interface Step {
        void run() throws Exception;
    }

    private BusyThreads() throws IOException {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new AtomicLong();
        }
        try (InputStream in = Template.class.getResourceAsStream("BusyThreads$Template.class")) {
            template = in.readAllBytes();
        }
    }

    /** Starts them as daemons. */
    public static BusyThreads start() throws IOException {
        BusyThreads busy = new BusyThreads();
        busy.begin(Kind.ALLOCATE, busy::allocate);
        busy.begin(Kind.CONTEND, busy::contend);
        busy.begin(Kind.CONTEND, busy::contend);
        busy.begin(Kind.LOAD, busy::load);
        busy.begin(Kind.START, busy::startThread);
        return busy;
    }

    /** Steps done so far. */
    public long done(Kind kind) {
        return counts[kind.ordinal()].get();
    }

    /** Starts threads that block for ever, each holding a {@link Held} by its frame alone; false without virtual threads. */
    public static boolean holdByVirtualThreads(int count) {
        for (int i = 0; i < count; i++) {
            Thread thread = virtual(() -> {
                Held held = new Held();
                while (!Thread.interrupted()) {
                    LockSupport.park();
                }
                System.out.println(held.content.length);
            });
            if (thread == null) {
                return false;
            }
            HELD_THREADS.add(thread);
        }
        return true;
    }

    /** Objects of a class in a heap that was counted. */
    public static long objects(List<HeapType> types, TypeTally tally, Class<?> wanted) {
        return types.stream()
                .filter(type -> type.name().equals(wanted.getName()))
                .mapToLong(type -> tally.objects()[type.index()])
                .sum();
    }

    private void begin(Kind kind, Step step) {
        Thread thread = new Thread(
                () -> {
                    while (true) {
                        try {
                            step.run();
                        } catch (Exception e) {
                            throw new IllegalStateException(kind.toString(), e);
                        }
                        counts[kind.ordinal()].incrementAndGet();
                    }
                },
                "busy-" + kind);
        thread.setDaemon(true);
        thread.start();
    }

    private void allocate() {
        long step = done(Kind.ALLOCATE);
        Map<Integer, String> map = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            map.put(i, "value " + step);
        }
        slots[(int) (step % SLOTS)] = map;
        slots[(int) (step * 31 % SLOTS)] = new byte[(int) (step * 17 % MOST_BYTES)];
    }

    private void contend() throws InterruptedException {
        Object lock = locks[(int) (done(Kind.CONTEND) % LOCKS)];
        synchronized (lock) {
            lock.notifyAll();
            lock.wait(1);
        }
    }

    private void load() throws Exception {
        MethodHandles.lookup().defineHiddenClass(template, true);
        Class<?> again = new ClassLoader(null) {
            Class<?> define() {
                return defineClass(null, template, 0, template.length);
            }
        }.define();
        again.getDeclaredConstructors();
        LockSupport.parkNanos(1_000_000);
    }

    private void startThread() throws InterruptedException {
        Runnable work = () -> {
            byte[] local = new byte[500];
            synchronized (locks[0]) {
                local[0]++;
            }
            LockSupport.parkNanos(500_000);
        };
        Thread virtual = virtual(work);
        Thread platform = new Thread(work, "brief");
        platform.start();
        platform.join();
        if (virtual != null) {
            virtual.join();
        }
    }

    /** By reflection, for the tests are compiled for 17. */
    private static @Nullable Thread virtual(Runnable work) {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
