/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.measure.DuplicateContents;
import io.heapgauge.analysis.report.Duplicates;
import io.heapgauge.analysis.report.WasteJson;
import io.heapgauge.analysis.report.WasteText;
import java.io.IOException;

/** {@code heapgauge duplicates}: Strings and primitive arrays of equal contents. */
final class DuplicatesCommand extends Subcommand {
    private final DumpFile dump = new DumpFile(syntax);
    private final Count top = syntax.count(
            "--top",
            DuplicateContents.MOST_GROUPS,
            "Print the N groups that waste most, 20 if not given; the totals are of all.");
    private final Value<Boolean> json = syntax.flag(
            "--json",
            "Print JSON: {reached: {objects, bytes}, stringsKnown,"
                    + " totals: [{kind, groups, duplicates, wasted}],"
                    + " groups: [{kind, copies, length, bytes, wasted, example, holder: {field, references}}]}.");

    DuplicatesCommand(Terminal terminal) {
        super(terminal, "duplicates");
        syntax.synopsis("heapgauge duplicates DUMP [--top N] [--json]");
        syntax.description(
                "Finds Strings and primitive arrays of equal contents, and what would be saved with one of each.",
                "Contents are compared by a hash of 128 bits and printed nowhere.");
        syntax.footer("Examples", """
                  heapgauge duplicates service.hprof
                  heapgauge duplicates service.hprof --top 5
                  heapgauge duplicates service.hprof --json | jq '.groups[0].holder'

                Only objects that the GC roots reach count. A String counts with its array; what
                Strings share already is not wasted, and their arrays are no arrays of their own.
                Wasted is what would be saved with one object in place of all; Bytes is the size of
                one, Length its elements or chars. Held most by is the field or type of array with
                most references to them. 'heapgauge path DUMP ID' says more of the example.

                Scratch files go to the directory -Djava.io.tmpdir names and are deleted again.
                """);
    }

    @Override
    public Integer call() throws IOException {
        int rows = top.orElse(20);
        dump.needHprof("no contents of arrays");
        Duplicates duplicates = dump.inspect(terminal, heap -> heap.duplicates(rows));
        return terminal.answer(json.get(), out -> WasteJson.write(duplicates, out), () -> WasteText.render(duplicates));
    }
}
