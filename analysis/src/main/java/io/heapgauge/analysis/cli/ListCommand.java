/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;

/** What the commands that print a list of objects have in common. */
abstract class ListCommand extends ExploreCommand {
    private final Value<Boolean> json = syntax.flag(
            "--json", "Print JSON: {objects, bytes, list: [{id, type, shallow, references, parents, length, value}]}.");

    ListCommand(Terminal terminal, String name) {
        super(terminal, name);
    }

    @Override
    public final Integer call() throws IOException {
        return answer(json.get(), list(rows(json.get())));
    }

    /** The objects, of which at most so many are shown. */
    abstract ObjectList list(int most) throws IOException;
}
