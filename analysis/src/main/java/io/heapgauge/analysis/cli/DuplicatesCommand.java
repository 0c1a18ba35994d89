/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.measure.DuplicateContents;
import io.heapgauge.analysis.report.Duplicates;
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

/** {@code heapgauge duplicates}: Strings and primitive arrays of equal contents. */
@Command(
        name = "duplicates",
        customSynopsis = "heapgauge duplicates DUMP [--top N] [--json]",
        description = {
            "Finds Strings and primitive arrays of equal contents, and what would be saved with one of each.",
            "Contents are compared by a hash of 128 bits and printed nowhere."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge duplicates service.hprof",
            "  heapgauge duplicates service.hprof --top 5",
            "  heapgauge duplicates service.hprof --json | jq '.groups[0].holder'",
            "",
            "Only objects that the GC roots reach count. A String counts with its array; what",
            "Strings share already is not wasted, and their arrays are no arrays of their own.",
            "Wasted is what would be saved with one object in place of all; Bytes is the size of",
            "one, Length its elements or chars. Held most by is the field or type of array with",
            "most references to them. 'heapgauge path DUMP ID' says more of the example.",
            "",
            "Scratch files go to the directory -Djava.io.tmpdir names and are deleted again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DuplicatesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Print the N groups that waste most, 20 if not given; the totals are of all.")
    private int top = 20;

    @Option(
            names = "--json",
            description = "Print JSON: {reached: {objects, bytes}, stringsKnown,"
                    + " totals: [{kind, groups, duplicates, wasted}],"
                    + " groups: [{kind, copies, length, bytes, wasted, example, holder: {field, references}}]}.")
    private boolean json;

    DuplicatesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1 || top > DuplicateContents.MOST_GROUPS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--top " + top + ": expected a number from 1 to " + DuplicateContents.MOST_GROUPS);
        }
        dump.needHprof("no contents of arrays");
        Duplicates duplicates = dump.inspect(terminal, heap -> heap.duplicates(top));
        return terminal.answer(json, out -> WasteJson.write(duplicates, out), () -> WasteText.render(duplicates));
    }
}
