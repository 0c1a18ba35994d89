/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An instance of every class of java.base that has any, and more; their true sizes as the VM tells an agent, a class
 * histogram, a dump and another histogram: {@code LayoutProgram DIRECTORY}. Runs as its own agent.
 */
final class LayoutProgram {
    private static final String MODULE = "/modules/java.base/";
    private static final int MANY = 120;
    private static final List<Object> HELD = new ArrayList<>();
    private static Instrumentation vm;

    private LayoutProgram() {}

    /** More fields than fit a word, of every type. */
    record Everything(byte a, boolean b, short c, char d, int e, float f, long g, double h, Object i, String j) {}

    /** Gaps that only a sub class fills. */
    private static class Gaps {
        long first;
        byte second;
    }

    private static final class Filled extends Gaps {
        static final Object REFERENCE = new Object();
        static long number;
        static byte small;
        short third;
        int fourth;
    }

    /** A few Java frames below each other, so that stack chunks differ in size. */
    private static int deep(int depth, Object held) {
        if (depth == 0) {
            LockSupport.park(held);
            return 0;
        }
        return deep(depth - 1, held) + 1;
    }

    public static void premain(String arguments, Instrumentation instrumentation) {
        vm = instrumentation;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        HeapMaker.make(1, 60_000);
        makeOurs();
        makeVirtualThreads();
        makeEveryJdkObject();
        HistogramProgram.histogram();
        writeTruth(directory.resolve("truth.txt"));
        // ends any concurrent cycle, so that nothing is collected between the histograms
        System.gc();
        String before = HistogramProgram.histogram();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(directory.resolve("heap.hprof").toString(), false);
        String after = HistogramProgram.histogram();
        Files.writeString(directory.resolve("before.txt"), before);
        Files.writeString(directory.resolve("after.txt"), after);
        // parked virtual threads and half-made JDK objects are no reason to wait
        Runtime.getRuntime().halt(0);
    }

    private static void makeOurs() {
        for (int i = 0; i < MANY; i++) {
            int number = i;
            IntSupplier hidden = () -> number;
            Supplier<Object> other = () -> HELD;
            HELD.add(List.of(
                    hidden,
                    other,
                    new Filled(),
                    new Everything((byte) 0, true, (short) 0, 'a', i, 0, 0, 0, hidden, "")));
            HELD.add(new boolean[i]);
            HELD.add(new Object[i]);
            HELD.add(new short[i]);
            HELD.add(new float[i]);
            HELD.add(new Everything[i][3]);
        }
        // larger than half of any G1 region of this heap
        HELD.add(new byte[9_000_001]);
        HELD.add(new Object[1_000_001]);
        HELD.add(new double[1_000_001]);
    }

    private static void makeVirtualThreads() throws Exception {
        if (Runtime.version().feature() < 21) {
            return;
        }
        // not in Java 17, the language of these sources
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        HELD.add(executor);
        for (int i = 0; i < 2 * MANY; i++) {
            int depth = i % 50;
            executor.execute(() -> HELD.add(deep(depth, executor)));
        }
        Thread.sleep(300);
    }

    private static void makeEveryJdkObject() throws Exception {
        for (String name : classNames()) {
            try {
                Class<?> type = Class.forName(name, false, null);
                // links the class: HotSpot leaves the others out of its dumps
                type.getDeclaredFields();
                make(type);
            } catch (ReflectiveOperationException | Error e) {
                System.out.println("not made: " + name + ": " + e);
            }
        }
    }

    private static void make(Class<?> type) throws ReflectiveOperationException {
        int modifiers = type.getModifiers();
        if (type == Class.class
                || Modifier.isAbstract(modifiers)
                || type.getName().equals("jdk.internal.vm.StackChunk")) {
            return;
        }
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        Method allocate = unsafe.getMethod("allocateInstance", Class.class);
        boolean concurrent = type.getName().startsWith("java.util.concurrent.");
        for (int i = concurrent ? MANY : 1; i > 0; i--) {
            HELD.add(allocate.invoke(instance.get(null), type));
        }
    }

    private static List<String> classNames() throws IOException {
        try (Stream<Path> files =
                Files.walk(FileSystems.getFileSystem(URI.create("jrt:/")).getPath(MODULE))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".class") && !file.endsWith("module-info.class"))
                    .map(file -> file.substring(MODULE.length(), file.length() - ".class".length())
                            .replace('/', '.'))
                    .filter(name -> !name.startsWith("sun.launcher."))
                    .sorted()
                    .toList();
        }
    }

    /** One line for each class of the VM and each object held: what it is, the class's name, bytes. */
    private static void writeTruth(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Object held : HELD) {
            if (!held.getClass().isArray()) {
                lines.add("instance " + held.getClass().getName() + " " + vm.getObjectSize(held));
            }
        }
        for (Class<?> type : vm.getAllLoadedClasses()) {
            if (!type.isArray()) {
                lines.add("mirror " + type.getName() + " " + vm.getObjectSize(type));
            }
        }
        Files.write(file, lines.stream().distinct().toList());
    }
}
