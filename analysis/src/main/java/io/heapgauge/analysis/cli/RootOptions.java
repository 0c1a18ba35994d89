/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of a heap that a command measures. */
final class RootOptions {
    private final Syntax syntax;
    private final Value<List<String>> roots;
    private final Value<List<String>> exclusions;
    private final Value<List<String>> followed;

    RootOptions(Syntax syntax) {
        this.syntax = syntax;
        roots = syntax.repeatable(
                "--root",
                "[NAME=]ROOT",
                new RootArguments.OneOrMore("static|class|thread|object|registered"),
                "What to measure, under its own text or a name of yours. Can be given several times.");
        exclusions = syntax.repeatable(
                "--exclude",
                "[NAME=]EXCLUSION",
                new RootArguments.OneOrMore("class|package|field|root"),
                "What the owned sizes leave out, of all roots or of the one called NAME."
                        + " Can be given several times.");
        followed = syntax.repeatable(
                "--follow",
                "EDGE",
                "Follow edges that are left out otherwise: referent, object-to-class, class-to-loader,"
                        + " loader-to-classes, thread-to-context-loader, lock-to-owner or lock-to-waiter."
                        + " Can be given several times.");
    }

    boolean isEmpty() {
        return roots.get().isEmpty();
    }

    /** Puts them into a request; complains in the words of the command line. */
    AnalysisRequest.Builder in(AnalysisRequest.Builder request, DumpFile dump) throws IOException {
        try {
            request.roots(RootArguments.parse(roots.get(), exclusions.get())).follow(edges());
        } catch (IllegalArgumentException e) {
            throw syntax.wrong(e);
        }
        if (roots.get().stream().anyMatch(root -> root.matches("([^:=]+=)?registered:.*"))) {
            dump.needHprof("no names of registered roots");
        }
        return request;
    }

    private Set<EdgeFilter> edges() {
        Set<EdgeFilter> edges = EnumSet.noneOf(EdgeFilter.class);
        for (String id : followed.get()) {
            edges.add(Stream.of(EdgeFilter.values())
                    .filter(edge -> edge.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--follow '" + id + "': expected "
                            + Stream.of(EdgeFilter.values()).map(EdgeFilter::id).collect(Collectors.joining(", ")))));
        }
        return edges;
    }
}
