/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code heapgauge dominators}: what holds an object, and what it holds, in the dominator tree. */
final class DominatorsCommand extends ExploreCommand {
    private static final int MOST = 10_000;

    private final Value<@Nullable String> address = syntax.optionalParameter("ADDRESS", String.class, ID);
    private final Value<Boolean> down = syntax.flag("--down", "List what the object dominates.");
    private final Value<Boolean> json = syntax.flag(
            "--json",
            "Print JSON: {objects, bytes, list: [{id, type, shallow, references, retained, length, value}]}.");

    DominatorsCommand(Terminal terminal) {
        super(terminal, "dominators");
        syntax.synopsis("heapgauge dominators DUMP [ADDRESS] [--down] [--top N] [--json]");
        syntax.description(
                "Lists the objects that retain most, or what holds an object in the dominator tree.",
                "With an address it lists its dominators, the immediate one first: without any of them it",
                "would be garbage. With --down it lists what it dominates immediately, the largest first.");
        syntax.footer("Examples", """
                  heapgauge dominators service.hprof
                  heapgauge dominators service.hprof 0x7f00a0
                  heapgauge dominators service.hprof 0x7f00a0 --down
                """);
    }

    @Override
    public Integer call() throws IOException {
        Facts facts = new Facts(false, true);
        String of = address.get();
        if (of == null) {
            int most = Math.min(MOST, rows(json.get()));
            return answer(json.get(), explore(heap -> facts.of(heap.largestRetainers(most), most)));
        }
        return answer(
                json.get(),
                explore(
                        of,
                        object -> facts.of(down.get() ? object.dominated() : object.dominators(), rows(json.get()))));
    }
}
