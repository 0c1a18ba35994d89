/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;
import picocli.CommandLine.Option;

/** What the commands that print a list of objects have in common. */
abstract class ListCommand extends ExploreCommand {
    @Option(
            names = "--json",
            description =
                    "Print JSON: {objects, bytes, list: [{id, type, shallow, references, parents, length, value}]}.")
    private boolean json;

    ListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public final Integer call() throws IOException {
        return answer(json, list(rows(json)));
    }

    /** The objects, of which at most so many are shown. */
    abstract ObjectList list(int most) throws IOException;
}
