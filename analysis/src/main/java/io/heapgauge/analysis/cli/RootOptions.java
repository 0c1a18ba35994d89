/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parts of a heap that a command measures. */
final class RootOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--root",
            paramLabel = "[NAME=]ROOT",
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
            description = "Follow edges that are left out otherwise: referent, object-to-class, class-to-loader,"
                    + " loader-to-classes, thread-to-context-loader, lock-to-owner or lock-to-waiter."
                    + " Can be given several times.")
    private List<String> followed = new ArrayList<>();

    boolean isEmpty() {
        return roots.isEmpty();
    }

    /** Puts them into a request; complains in the words of the command line. */
    AnalysisRequest.Builder in(AnalysisRequest.Builder request, DumpFile dump) throws IOException {
        try {
            request.roots(RootArguments.parse(roots, exclusions)).follow(edges());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (roots.stream().anyMatch(root -> root.matches("([^:=]+=)?registered:.*"))) {
            dump.needHprof("no names of registered roots");
        }
        return request;
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
}
