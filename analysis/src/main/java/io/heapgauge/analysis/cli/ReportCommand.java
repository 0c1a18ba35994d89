/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.ReportText;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heapgauge report}: everything a service would publish of a capture. */
@Command(
        name = "report",
        customSynopsis = "heapgauge report DUMP [--top N] [--json]",
        description = {
            "Prints what a service publishes of a capture.",
            "These are totals by reachability, types, and the objects with the largest retained sizes."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heapgauge report service.hprof", "  heapgauge report service.hprof --json > report.json"},
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Option(names = "--top", paramLabel = "N", description = "Type rows of the text, 20 if not given.")
    private int top = 20;

    @Option(names = "--json", description = "Print JSON, the format of the library's reports.")
    private boolean json;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top " + top + ": expected a number from 1");
        }
        HeapReport report = dump.analyze(AnalysisRequest.builder(), terminal);
        return terminal.answer(json, out -> ReportJson.write(report, out), () -> ReportText.render(report, top));
    }
}
