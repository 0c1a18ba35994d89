/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.measure.SparseCollections;
import io.heapgauge.analysis.report.CollectionWaste;
import io.heapgauge.analysis.report.WasteJson;
import io.heapgauge.analysis.report.WasteText;
import java.io.IOException;

/** {@code heapgauge collections}: empty and sparse collections and arrays. */
final class CollectionsCommand extends Subcommand {
    private final DumpFile dump = new DumpFile(syntax);
    private final Count top = syntax.count(
            "--top",
            SparseCollections.MOST_ROWS,
            "Print the N classes and the N types of arrays that waste most, 20 if not given; the totals are"
                    + " of all.");
    private final Value<Boolean> json = syntax.flag(
            "--json",
            "Print JSON: {reached: {objects, bytes}, collections: TOTAL, arrays: TOTAL,"
                    + " collectionTypes: [ROW], arrayTypes: [ROW], notUnderstood: [{type, objects}]}, where ROW is"
                    + " {type, objects, empty, single, sparse, estimated, arrays, unused, emptyBytes, wasted,"
                    + " holder: {field, references}} and TOTAL the same without type and holder.");

    CollectionsCommand(Terminal terminal) {
        super(terminal, "collections");
        syntax.synopsis("heapgauge collections DUMP [--top N] [--json]");
        syntax.description("Finds collections of the JDK and their sub classes that are empty, have one element, or use"
                + " less than a quarter of their array, and the object arrays outside of them that are all"
                + " null or as sparse.");
        syntax.footer("Examples", """
                  heapgauge collections service.hprof
                  heapgauge collections service.hprof --top 5
                  heapgauge collections service.hprof --json | jq '.collectionTypes[0]'

                Only objects that the GC roots reach count. Wasted are the unused slots of all
                collections with elements, which is the column Unused, and empty collections that
                have an array with slots, whole. Sparse are those with elements that use less than a
                quarter of an array of 8 slots or more. Arrays is the size of all arrays. A HashSet
                counts with its map, a TreeSet with its tree. Of other object arrays those are wasted
                that are all null, and the unused slots of sparse ones. Held most by is the field or
                type of array by which most of the wasted bytes are held.

                Scratch files go to the directory -Djava.io.tmpdir names and are deleted again.
                """);
    }

    @Override
    public Integer call() throws IOException {
        int rows = top.orElse(20);
        dump.needHprof("no contents of collections");
        CollectionWaste waste = dump.inspect(terminal, heap -> heap.collections(rows));
        return terminal.answer(json.get(), out -> WasteJson.write(waste, out), () -> WasteText.render(waste));
    }
}
