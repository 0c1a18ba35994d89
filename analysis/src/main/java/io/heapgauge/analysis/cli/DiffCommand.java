/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.report.HeapDiff;
import io.heapgauge.analysis.report.InspectionJson;
import io.heapgauge.analysis.report.InspectionText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heapgauge diff}: what has grown between two dumps. */
@Command(
        name = "diff",
        customSynopsis = "heapgauge diff OLD NEW [--top N] [--json]",
        description = {
            "Compares two dumps by type, the largest changes of bytes first.",
            "One pass over each file; 32 MB of Java heap are enough for dumps of any size."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge diff yesterday.hprof today.hprof",
            "  heapgauge diff before.hprof after.hprof --top 5",
            "  heapgauge diff before.hprof after.hprof --json | jq '.types[0]'",
            "",
            "Types are matched by name. Sizes are shallow and of every object, reached or not."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DiffCommand implements Callable<Integer> {
    private static final int TEXT_ROWS = 20;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "A heap dump in hprof format, plain or gzip.")
    private Path older = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "A later heap dump.")
    private Path newer = Path.of("");

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Print only the N types that changed most; the totals are still of everything."
                    + " Without it text has 20 rows and JSON all.")
    private @Nullable Integer top;

    @Option(
            names = "--json",
            description = "Print JSON: {old: {objects, bytes}, new: {...}, types: [{type, old, new, delta}]}.")
    private boolean json;

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (top != null && top < 1) {
            throw new ParameterException(spec.commandLine(), "--top " + top + ": expected a number from 1");
        }
        int rows = top != null ? top : json ? Integer.MAX_VALUE : TEXT_ROWS;
        DumpFile.checked(older);
        DumpFile.checked(newer);
        AnalysisRequest.Builder request =
                AnalysisRequest.builder().threads(Runtime.getRuntime().availableProcessors());
        HeapDiff diff = DumpFile.inspect(newer, request, terminal, dump -> dump.since(older));
        return terminal.answer(
                json, out -> InspectionJson.write(diff, rows, out), () -> InspectionText.render(diff, rows));
    }
}
