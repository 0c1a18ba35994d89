/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.ReportText;
import java.io.IOException;

/** {@code heapgauge roots}: how big the things are that somebody names. */
final class RootsCommand extends Subcommand {
    private final DumpFile dump = new DumpFile(syntax);
    private final RootOptions roots = new RootOptions(syntax);
    private final Value<Boolean> json = syntax.flag(
            "--json", "Print JSON: {objects, bytes, roots: [{name, spec, state, detail, reachable, owned}]}.");

    RootsCommand(Terminal terminal) {
        super(terminal, "roots");
        syntax.synopsis("heapgauge roots DUMP --root [NAME=]ROOT... [--exclude [NAME=]EXCLUSION...]"
                + " [--follow EDGE...] [--json]");
        syntax.description(
                "Measures what the objects that you name reach and own.",
                "Reachable is everything that can be got to from a root; owned is the same walk that enters neither"
                        + " the start of another root nor an exclusion.");
        syntax.footer("Roots", """
                  static:Class#field  the value of a static field
                  class:Name          all reachable instances of exactly this class
                  thread:name         the threads of this name with what their frames hold
                  object:0x7f00a0     one object by its address in the dump
                  registered:name     what the service itself had registered under this name

                Exclusions:
                  class:Name          instances of exactly this class
                  package:com.acme    everything of a package and the packages below it
                  field:Class#name    what one field refers to
                  root:name           the start of another root; needed for class: roots only,
                                      the others keep out of each other anyway

                Examples:
                  heapgauge roots service.hprof --root static:com.acme.Sessions#ALL
                  heapgauge roots service.hprof \\
                      --root sessions=static:com.acme.Sessions#ALL cache=class:com.acme.Cache \\
                      --exclude package:org.slf4j --exclude sessions=field:com.acme.User#next

                Scratch files go to the directory -Djava.io.tmpdir names and are deleted again.
                """);
    }

    @Override
    public Integer call() throws IOException {
        if (roots.isEmpty()) {
            throw syntax.wrong("Missing required option: '--root=[NAME=]ROOT'");
        }
        HeapReport report = dump.analyze(roots.in(AnalysisRequest.builder().maxLevel(Level.OWNED), dump), terminal);
        return terminal.answer(
                json.get(), out -> ReportJson.writeRoots(report, out), () -> ReportText.renderRoots(report));
    }
}
