/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;

/** {@code heapgauge parents}: who refers to an object. */
final class ParentsCommand extends ListCommand {
    private final Value<String> address = syntax.parameter("ADDRESS", String.class, ID);

    ParentsCommand(Terminal terminal) {
        super(terminal, "parents");
        syntax.synopsis("heapgauge parents DUMP ADDRESS [--top N] [--collapse] [--json]");
        syntax.description(
                "Lists who refers to an object strongly, each once.",
                "'heapgauge path' says which of them keeps it alive.");
        syntax.footer("Examples", """
                  heapgauge parents service.hprof 0x7f00a0
                  heapgauge parents service.hprof 0x7f00a0 --collapse
                """);
    }

    @Override
    ObjectList list(int most) throws IOException {
        return explore(address.get(), object -> new Facts(true, false).of(object.parents(), most));
    }
}
