/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Holds secrets in every way in which a heap can hold one, and dumps itself: {@code SecretsProgram FILE.hprof OBJECTS SEED}.
 * The secrets are made from the seed, so that no class file has them.
 */
final class SecretsProgram {
    private static final List<Object> HELD = new ArrayList<>();
    private static String inStatic;
    private static long numberInStatic;

    private SecretsProgram() {}

    /** A secret as bytes in every form in which it may lie in memory. */
    record Secret(String name, List<byte[]> forms) {}

    private record Account(String owner, long number, double balance, int pin, char[] password) {}

    static String word(String name, long seed) {
        Random random = new Random(seed ^ name.hashCode());
        StringBuilder word = new StringBuilder(name).append('-');
        for (int i = 0; i < 12; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    static long number(String name, long seed) {
        return new Random(seed ^ name.hashCode()).nextLong() | 0x0101_0101_0101_0101L;
    }

    /** What must not be found in a redacted dump. */
    static List<Secret> secrets(long seed) {
        List<Secret> secrets = new ArrayList<>();
        for (String name : List.of(
                "string",
                "wide",
                "chars",
                "bytes",
                "builder",
                "static",
                "thread",
                "key",
                "buffer",
                "interned",
                "garbage")) {
            String word = word(name, seed);
            secrets.add(new Secret(
                    name,
                    List.of(
                            word.getBytes(StandardCharsets.UTF_8),
                            word.getBytes(StandardCharsets.UTF_16LE),
                            word.getBytes(StandardCharsets.UTF_16BE))));
        }
        for (String name : List.of("long", "double", "static-long", "longs", "doubles")) {
            secrets.add(new Secret(name, List.of(bytes(number(name, seed), 8), reversed(number(name, seed), 8))));
        }
        return secrets;
    }

    private static byte[] bytes(long value, int count) {
        return ByteBuffer.allocate(count).putLong(value).array();
    }

    private static byte[] reversed(long value, int count) {
        return ByteBuffer.allocate(count)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        long seed = Long.parseLong(args[2]);
        HeapMaker.make(seed, Long.parseLong(args[1]));
        HELD.add(word("string", seed));
        HELD.add("\u20ac" + word("wide", seed));
        HELD.add(word("chars", seed).toCharArray());
        HELD.add(word("bytes", seed).getBytes(StandardCharsets.UTF_8));
        HELD.add(new StringBuilder(word("builder", seed)));
        HELD.add(new TreeMap<>(Map.of(word("key", seed), 1)));
        HELD.add(ByteBuffer.wrap(word("buffer", seed).getBytes(StandardCharsets.UTF_8)));
        HELD.add(word("interned", seed).intern());
        HELD.add(new long[] {number("longs", seed), number("longs", seed)});
        HELD.add(new double[] {Double.longBitsToDouble(number("doubles", seed))});
        HELD.add(new Account(
                "somebody",
                number("long", seed),
                Double.longBitsToDouble(number("double", seed)),
                4711,
                word("chars", seed).toCharArray()));
        inStatic = word("static", seed);
        numberInStatic = number("static-long", seed);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> await(end), word("thread", seed));
        thread.start();
        Object garbage = word("garbage", seed);
        HELD.add(garbage.hashCode());
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
        Reference.reachabilityFence(garbage);
        Reference.reachabilityFence(inStatic + numberInStatic);
        end.countDown();
        thread.join();
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
