/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import java.util.Collection;

/**
 * As much of a JDK's version as sizes need. A dump does not name its JDK, but the fields of the classes that every dump has
 * tell the generation.
 */
public enum JdkGeneration {
    /** Lays fields out by rules of its own, which {@link InstanceLayout} does not follow: only approximate. */
    BEFORE_15("JDK before 15"),
    /** The layout of JDK-8237767. Checked on 17. */
    SINCE_15("JDK 15 to 18"),
    /** Virtual threads. Taken from the source of 21. */
    SINCE_19("JDK 19 to 24"),
    /** Checked on 25. */
    SINCE_25("JDK 25 or later");

    private final String label;

    JdkGeneration(String label) {
        this.label = label;
    }

    /**
     * Recognises a JDK.
     *
     * @param classFields names of the instance fields of {@code java.lang.Class}; empty where the dump lacks the class
     * @param threadFields names of the instance fields of {@code java.lang.Thread}, likewise
     * @return its generation, {@link #SINCE_15} where there is nothing to tell by
     */
    public static JdkGeneration of(Collection<String> classFields, Collection<String> threadFields) {
        if (classFields.contains("protectionDomain")) {
            return SINCE_25;
        }
        if (threadFields.contains("holder")) {
            return SINCE_19;
        }
        // hidden classes brought classData with JDK 15, JEP 371
        return classFields.isEmpty() || classFields.contains("classData") ? SINCE_15 : BEFORE_15;
    }

    /**
     * Compares two generations.
     *
     * @param other a generation
     * @return whether this one is as new or newer
     */
    public boolean isSince(JdkGeneration other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return label;
    }
}
