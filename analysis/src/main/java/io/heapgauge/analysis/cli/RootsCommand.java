/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
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

/** {@code heapgauge roots}: how big the things are that somebody names. */
@Command(
        name = "roots",
        customSynopsis =
                "heapgauge roots DUMP --root [NAME=]ROOT... [--exclude [NAME=]EXCLUSION...] [--follow EDGE...] [--json]",
        description = {
            "Measures what the objects that you name reach and own.",
            "Reachable is everything that can be got to from a root; owned is the same walk that enters neither the"
                    + " start of another root nor an exclusion."
        },
        footerHeading = "%nRoots:%n",
        footer = {
            "  static:Class#field  the value of a static field",
            "  class:Name          all reachable instances of exactly this class",
            "  thread:name         the threads of this name with what their frames hold",
            "  object:0x7f00a0     one object by its address in the dump",
            "  registered:name     what the service itself had registered under this name",
            "",
            "Exclusions:",
            "  class:Name          instances of exactly this class",
            "  package:com.acme    everything of a package and the packages below it",
            "  field:Class#name    what one field refers to",
            "  root:name           the start of another root; needed for class: roots only,",
            "                      the others keep out of each other anyway",
            "",
            "Examples:",
            "  heapgauge roots service.hprof --root static:com.acme.Sessions#ALL",
            "  heapgauge roots service.hprof \\",
            "      --root sessions=static:com.acme.Sessions#ALL cache=class:com.acme.Cache \\",
            "      --exclude package:org.slf4j --exclude sessions=field:com.acme.User#next",
            "",
            "Scratch files go to the directory -Djava.io.tmpdir names and are deleted again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RootsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Mixin
    private RootOptions roots = new RootOptions();

    @Option(
            names = "--json",
            description = "Print JSON: {objects, bytes, roots: [{name, spec, state, detail, reachable, owned}]}.")
    private boolean json;

    RootsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (roots.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--root=[NAME=]ROOT'");
        }
        HeapReport report = dump.analyze(roots.in(AnalysisRequest.builder().maxLevel(Level.OWNED), dump), terminal);
        return terminal.answer(json, out -> ReportJson.writeRoots(report, out), () -> ReportText.renderRoots(report));
    }
}
