/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

/** What a tool found out, to be held against what ours did. */
interface Answer {
    /**
     * How far it agrees.
     *
     * @param ours our answer to the same question
     * @return a few words for the table
     */
    String agreement(Answer ours);

    /**
     * Whether the two cannot both be right.
     *
     * @param ours our answer to the same question
     * @return true fails the benchmark
     */
    boolean contradicts(Answer ours);
}
