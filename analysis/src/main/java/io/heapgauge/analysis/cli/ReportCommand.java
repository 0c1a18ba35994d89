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
import org.jspecify.annotations.Nullable;

/** {@code heapgauge report}: everything a service would publish of a capture. */
final class ReportCommand extends Subcommand {
    private final DumpFile dump = new DumpFile(syntax);
    private final RootOptions roots = new RootOptions(syntax);
    private final Value<@Nullable Path> page = syntax.optionalParameter(
            "PAGE.html",
            Path.class,
            "The page to write, a new file for its owner alone; it needs no other file and no network.");
    private final Count top = syntax.count("--top", "Type rows of the text, 20 if not given.");
    private final Value<Boolean> json = syntax.flag("--json", "Print JSON, the format of the library's reports.");

    ReportCommand(Terminal terminal) {
        super(terminal, "report");
        syntax.synopsis("heapgauge report DUMP [PAGE.html] [--root [NAME=]ROOT]... [--top N] [--json]");
        syntax.description(
                "Prints what a service publishes of a capture.",
                "These are totals by reachability, types, and the objects with the largest retained sizes.",
                "With a second file, writes a page for a browser instead, with a map of what retains the heap.");
        syntax.footer("Examples", """
                  heapgauge report service.hprof
                  heapgauge report service.hprof service.html --root sessions=static:com.acme.Sessions#ALL
                  heapgauge report service.hprof --json > report.json
                """);
    }

    @Override
    public Integer call() throws IOException {
        int rows = top.orElse(20);
        Path target = page.get();
        if (target != null) {
            if (json.get()) {
                throw syntax.wrong("--json and a page: expected one of them");
            }
            return write(target);
        }
        HeapReport report = dump.analyze(roots.in(AnalysisRequest.builder(), dump), terminal);
        return terminal.answer(json.get(), out -> ReportJson.write(report, out), () -> ReportText.render(report, rows));
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
