/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectJson;
import io.heapgauge.analysis.report.ThreadFacts;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code heapgauge threads}: threads with their stacks and what they keep alive. */
@Command(
        name = "threads",
        customSynopsis = "heapgauge threads DUMP [--name REGEX] [--json]",
        description = {
            "Lists the threads that were alive with their stacks and what they hold.",
            "What each frame holds is below it; what the thread and its frames keep alive is counted",
            "together: what the GC roots would not reach without them."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heapgauge threads service.hprof", "  heapgauge threads service.hprof --name 'http-.*'"},
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ThreadsCommand extends ExploreCommand {
    @Option(names = "--name", paramLabel = "REGEX", description = "Only threads whose name matches as a whole.")
    private @Nullable Pattern name;

    @Option(
            names = "--json",
            description = "Print JSON: {threads: [{name, id, held, frames: [{method, location, locals}]}]}.")
    private boolean json;

    ThreadsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        Facts facts = new Facts(false, false);
        Pattern wanted = name;
        List<ThreadFacts> threads = explore(heap -> heap.threads().stream()
                .filter(thread ->
                        wanted == null || wanted.matcher(thread.name()).matches())
                .map(thread -> new ThreadFacts(
                        thread.name(),
                        facts.of(thread.object()),
                        thread.retained(),
                        thread.frames().stream()
                                .map(frame -> new ThreadFacts.Frame(
                                        frame.method(),
                                        frame.location(),
                                        frame.locals().stream().map(facts::of).toList()))
                                .toList()))
                .toList());
        return terminal()
                .answer(
                        json,
                        out -> ObjectJson.writeThreads(threads, out),
                        () -> threads.stream().map(ThreadFacts::text).collect(Collectors.joining("\n")));
    }
}
