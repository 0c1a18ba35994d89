/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import java.util.Map;
import java.util.Set;

/**
 * The JDK's own uses of {@code @Contended}, which a dump does not show. Source: the annotations in the class files of JDK 17
 * and 25, and in the source of 21. Classes of an application may not use it unless the VM runs with
 * {@code -XX:-RestrictContended}. No JDK class has more than one group of such fields.
 *
 * @param wholeClass whether the class itself is annotated
 * @param fields names of its annotated fields, all of one group
 */
public record Contended(boolean wholeClass, Set<String> fields) {
    /** Bytes of padding, the default of {@code ContendedPaddingWidth}. */
    public static final int PADDING_BYTES = 128;

    private static final Contended NOTHING = new Contended(false, Set.of());
    private static final Contended CLASS = new Contended(true, Set.of());

    private static final Map<String, Contended> ALWAYS = Map.of(
            "java.util.concurrent.ConcurrentHashMap$CounterCell", CLASS,
            "java.util.concurrent.atomic.Striped64$Cell", CLASS,
            "java.util.concurrent.SubmissionPublisher$BufferedSubscription",
                    new Contended(true, Set.of("demand", "waiting")));

    private static final Map<String, Contended> SINCE_15 = Map.of(
            "java.lang.Thread",
                    fields("threadLocalRandomSeed", "threadLocalRandomProbe", "threadLocalRandomSecondarySeed"),
            "java.util.concurrent.Exchanger$Node", CLASS,
            "java.util.concurrent.ForkJoinPool", fields("ctl"),
            "java.util.concurrent.ForkJoinPool$WorkQueue", fields("top", "source", "nsteals"));

    private static final Map<String, Contended> SINCE_19 = Map.of(
            "java.util.concurrent.Exchanger$Node", CLASS,
            "java.util.concurrent.ForkJoinPool", fields("ctl", "parallelism"),
            "java.util.concurrent.ForkJoinPool$WorkQueue", fields("top", "access", "phase", "source", "nsteals"));

    private static final Map<String, Contended> SINCE_25 = Map.of(
            "java.util.concurrent.Exchanger$Slot", CLASS,
            "java.util.concurrent.ForkJoinPool", fields("ctl", "parallelism"),
            "java.util.concurrent.ForkJoinPool$WorkQueue",
                    fields("top", "phase", "stackPred", "source", "nsteals", "parking"));

    private static Contended fields(String... names) {
        return new Contended(false, Set.of(names));
    }

    /**
     * Looks a class up.
     *
     * @param className class name as people write it
     * @param jdk whose class it is
     * @return what of it is padded, nothing for nearly every class
     */
    public static Contended of(String className, JdkGeneration jdk) {
        Contended always = ALWAYS.get(className);
        if (always != null) {
            return always;
        }
        Map<String, Contended> own = switch (jdk) {
            case BEFORE_15, SINCE_15 -> SINCE_15;
            case SINCE_19 -> SINCE_19;
            case SINCE_25 -> SINCE_25;
        };
        return own.getOrDefault(className, NOTHING);
    }
}
