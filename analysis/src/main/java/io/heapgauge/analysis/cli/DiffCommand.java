/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.report.HeapDiff;
import io.heapgauge.analysis.report.InspectionJson;
import io.heapgauge.analysis.report.InspectionText;
import java.io.IOException;
import java.nio.file.Path;

/** {@code heapgauge diff}: what has grown between two dumps. */
final class DiffCommand extends Subcommand {
    private final Value<Path> older =
            syntax.parameter("OLD", Path.class, "A heap dump in hprof format, plain or gzip.");
    private final Value<Path> newer = syntax.parameter("NEW", Path.class, "A later heap dump.");
    private final Count top = syntax.count(
            "--top",
            "Print only the N types that changed most; the totals are still of everything."
                    + " Without it text has 20 rows and JSON all.");
    private final Value<Boolean> json =
            syntax.flag("--json", "Print JSON: {old: {objects, bytes}, new: {...}, types: [{type, old, new, delta}]}.");

    DiffCommand(Terminal terminal) {
        super(terminal, "diff");
        syntax.synopsis("heapgauge diff OLD NEW [--top N] [--json]");
        syntax.description(
                "Compares two dumps by type, the largest changes of bytes first.",
                "One pass over each file; 32 MB of Java heap are enough for dumps of any size.");
        syntax.footer("Examples", """
                  heapgauge diff yesterday.hprof today.hprof
                  heapgauge diff before.hprof after.hprof --top 5
                  heapgauge diff before.hprof after.hprof --json | jq '.types[0]'

                Types are matched by name. Sizes are shallow and of every object, reached or not.
                """);
    }

    @Override
    public Integer call() throws IOException {
        int rows = rows(top, json.get());
        DumpFile.checked(older.get());
        DumpFile.checked(newer.get());
        AnalysisRequest.Builder request =
                AnalysisRequest.builder().threads(Runtime.getRuntime().availableProcessors());
        HeapDiff diff = DumpFile.inspect(newer.get(), request, terminal, dump -> dump.since(older.get()));
        return terminal.answer(
                json.get(), out -> InspectionJson.write(diff, rows, out), () -> InspectionText.render(diff, rows));
    }
}
