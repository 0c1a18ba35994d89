/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectJson;
import io.heapgauge.analysis.report.ThreadFacts;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code heapgauge threads}: threads with their stacks and what they keep alive. */
final class ThreadsCommand extends ExploreCommand {
    private final Value<@Nullable Pattern> name =
            syntax.option("--name", "REGEX", Pattern.class, "Only threads whose name matches as a whole.");
    private final Value<Boolean> json =
            syntax.flag("--json", "Print JSON: {threads: [{name, id, held, frames: [{method, location, locals}]}]}.");

    ThreadsCommand(Terminal terminal) {
        super(terminal, "threads");
        syntax.synopsis("heapgauge threads DUMP [--name REGEX] [--json]");
        syntax.description(
                "Lists the threads that were alive with their stacks and what they hold.",
                "What each frame holds is below it; what the thread and its frames keep alive is counted",
                "together: what the GC roots would not reach without them.");
        syntax.footer("Examples", """
                  heapgauge threads service.hprof
                  heapgauge threads service.hprof --name 'http-.*'
                """);
    }

    @Override
    public Integer call() throws IOException {
        Facts facts = new Facts(false, false);
        Pattern wanted = name.get();
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
        return terminal.answer(
                json.get(),
                out -> ObjectJson.writeThreads(threads, out),
                () -> threads.stream().map(ThreadFacts::text).collect(Collectors.joining("\n")));
    }
}
