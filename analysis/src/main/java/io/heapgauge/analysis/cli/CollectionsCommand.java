/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.measure.SparseCollections;
import io.heapgauge.analysis.report.CollectionWaste;
import io.heapgauge.analysis.report.WasteJson;
import io.heapgauge.analysis.report.WasteText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heapgauge collections}: empty and sparse collections and arrays. */
@Command(
        name = "collections",
        customSynopsis = "heapgauge collections DUMP [--top N] [--json]",
        description = {
            "Finds collections of the JDK and their sub classes that are empty, have one element, or use less than a"
                    + " quarter of their array, and the object arrays outside of them that are all null or as sparse."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge collections service.hprof",
            "  heapgauge collections service.hprof --top 5",
            "  heapgauge collections service.hprof --json | jq '.collectionTypes[0]'",
            "",
            "Only objects that the GC roots reach count. Wasted are the unused slots of all",
            "collections with elements, which is the column Unused, and empty collections that",
            "have an array with slots, whole. Sparse are those with elements that use less than a",
            "quarter of an array of 8 slots or more. Arrays is the size of all arrays. A HashSet",
            "counts with its map, a TreeSet with its tree. Of other object arrays those are wasted",
            "that are all null, and the unused slots of sparse ones. Held most by is the field or",
            "type of array by which most of the wasted bytes are held.",
            "",
            "Scratch files go to the directory -Djava.io.tmpdir names and are deleted again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CollectionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Option(
            names = "--top",
            paramLabel = "N",
            description =
                    "Print the N classes and the N types of arrays that waste most, 20 if not given; the totals are"
                            + " of all.")
    private int top = 20;

    @Option(
            names = "--json",
            description = "Print JSON: {reached: {objects, bytes}, collections: TOTAL, arrays: TOTAL,"
                    + " collectionTypes: [ROW], arrayTypes: [ROW], notUnderstood: [{type, objects}]}, where ROW is"
                    + " {type, objects, empty, single, sparse, estimated, arrays, unused, emptyBytes, wasted,"
                    + " holder: {field, references}} and TOTAL the same without type and holder.")
    private boolean json;

    CollectionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1 || top > SparseCollections.MOST_ROWS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--top " + top + ": expected a number from 1 to " + SparseCollections.MOST_ROWS);
        }
        dump.needHprof("no contents of collections");
        CollectionWaste waste = dump.inspect(terminal, heap -> heap.collections(top));
        return terminal.answer(json, out -> WasteJson.write(waste, out), () -> WasteText.render(waste));
    }
}
