/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.ReportText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Option(
            names = "--root",
            paramLabel = "[NAME=]ROOT",
            required = true,
            arity = "1..*",
            parameterConsumer = RootArguments.Roots.class,
            description = "What to measure, under its own text or a name of yours. Can be given several times.")
    private List<String> roots = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "[NAME=]EXCLUSION",
            arity = "1..*",
            parameterConsumer = RootArguments.Exclusions.class,
            description = "What the owned sizes leave out, of all roots or of the one called NAME."
                    + " Can be given several times.")
    private List<String> exclusions = new ArrayList<>();

    @Option(
            names = "--follow",
            paramLabel = "EDGE",
            description =
                    "Follow edges that are left out otherwise: referent, object-to-class, class-to-loader,"
                            + " loader-to-classes, thread-to-context-loader, lock-to-owner or lock-to-waiter. Can be given several times.")
    private List<String> followed = new ArrayList<>();

    @Option(
            names = "--json",
            description = "Print JSON: {objects, bytes, roots: [{name, spec, state, detail, reachable, owned}]}.")
    private boolean json;

    RootsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private Set<EdgeFilter> edges() {
        Set<EdgeFilter> edges = EnumSet.noneOf(EdgeFilter.class);
        for (String id : followed) {
            edges.add(Stream.of(EdgeFilter.values())
                    .filter(edge -> edge.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--follow '" + id + "': expected "
                            + Stream.of(EdgeFilter.values()).map(EdgeFilter::id).collect(Collectors.joining(", ")))));
        }
        return edges;
    }

    @Override
    public Integer call() throws IOException {
        AnalysisRequest.Builder request;
        try {
            request = AnalysisRequest.builder()
                    .maxLevel(Level.OWNED)
                    .roots(RootArguments.parse(roots, exclusions))
                    .follow(edges());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (roots.stream().anyMatch(root -> root.matches("([^:=]+=)?registered:.*"))) {
            dump.needHprof("no names of registered roots");
        }
        HeapReport report = dump.analyze(request, terminal);
        return terminal.answer(json, out -> ReportJson.writeRoots(report, out), () -> ReportText.renderRoots(report));
    }
}
