/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heapgauge dominators}: what holds an object, and what it holds, in the dominator tree. */
@Command(
        name = "dominators",
        customSynopsis = "heapgauge dominators DUMP [ADDRESS] [--down] [--top N] [--json]",
        description = {
            "Lists the objects that retain most, or what holds an object in the dominator tree.",
            "With an address it lists its dominators, the immediate one first: without any of them it",
            "would be garbage. With --down it lists what it dominates immediately, the largest first."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge dominators service.hprof",
            "  heapgauge dominators service.hprof 0x7f00a0",
            "  heapgauge dominators service.hprof 0x7f00a0 --down"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DominatorsCommand extends ExploreCommand {
    private static final int MOST = 10_000;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ADDRESS",
            description = "The object's id: hexadecimal with 0x, or decimal.")
    private @Nullable String address;

    @Option(names = "--down", description = "List what the object dominates.")
    private boolean down;

    @Option(
            names = "--json",
            description =
                    "Print JSON: {objects, bytes, list: [{id, type, shallow, references, retained, length, value}]}.")
    private boolean json;

    DominatorsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        Facts facts = new Facts(false, true);
        String of = address;
        if (of == null) {
            int most = Math.min(MOST, rows(json));
            return answer(json, explore(heap -> facts.of(heap.largestRetainers(most), most)));
        }
        return answer(
                json, explore(of, object -> facts.of(down ? object.dominated() : object.dominators(), rows(json))));
    }
}
