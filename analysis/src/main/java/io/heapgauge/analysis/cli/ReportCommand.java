/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.PastCapture;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.ReportPage;
import io.heapgauge.analysis.report.ReportText;
import io.heapgauge.analysis.store.NewFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heapgauge report}: everything a service would publish of a capture. */
@Command(
        name = "report",
        customSynopsis = "heapgauge report DUMP [PAGE.html] [--root [NAME=]ROOT]... [--top N] [--json]",
        description = {
            "Prints what a service publishes of a capture.",
            "These are totals by reachability, types, and the objects with the largest retained sizes.",
            "With a second file, writes a page for a browser instead, with a map of what retains the heap."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge report service.hprof",
            "  heapgauge report service.hprof service.html --root sessions=static:com.acme.Sessions#ALL",
            "  heapgauge report service.hprof --json > report.json"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Mixin
    private RootOptions roots = new RootOptions();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PAGE.html",
            description = "The page to write, a new file for its owner alone; it needs no other file and no network.")
    private @Nullable Path page;

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
        Path target = page;
        if (target != null) {
            if (json) {
                throw new ParameterException(spec.commandLine(), "--json and a page: expected one of them");
            }
            return write(target);
        }
        HeapReport report = dump.analyze(roots.in(AnalysisRequest.builder(), dump), terminal);
        return terminal.answer(json, out -> ReportJson.write(report, out), () -> ReportText.render(report, top));
    }

    private int write(Path target) throws IOException {
        try (NewFile file = NewFile.create(target)) {
            HeapReport report = dump.analyze(roots.in(AnalysisRequest.builder(), dump), terminal);
            ReportPage.write(
                    report, List.of(PastCapture.of(report, name -> name)), null, Channels.newOutputStream(file));
            long bytes = file.publish();
            terminal.print("page written to " + target + ", " + bytes + " bytes\n");
        }
        return 0;
    }
}
