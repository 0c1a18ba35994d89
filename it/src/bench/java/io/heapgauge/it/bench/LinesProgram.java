/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.Index;
import java.io.IOException;
import java.nio.file.Path;

/** Loads a file of JSON lines as Meliae's loader does: objects, references and parents. {@code LinesProgram FILE}. */
public final class LinesProgram {
    private LinesProgram() {}

    /**
     * Opens the file and says how many objects are in it.
     *
     * @param args the file
     * @throws IOException if it cannot be read
     */
    public static void main(String[] args) throws IOException {
        try (Heap heap = Heap.open(Path.of(args[0])).prepare(Index.PARENTS)) {
            System.out.println(heap);
        }
    }
}
