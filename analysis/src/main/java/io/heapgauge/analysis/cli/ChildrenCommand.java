/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;

/** {@code heapgauge children}: what an object refers to. */
final class ChildrenCommand extends ListCommand {
    private final Value<String> address = syntax.parameter("ADDRESS", String.class, ID);

    ChildrenCommand(Terminal terminal) {
        super(terminal, "children");
        syntax.synopsis("heapgauge children DUMP ADDRESS [--top N] [--collapse] [--json]");
        syntax.description("Lists what an object refers to, in the order of the dump.");
        syntax.footer("Examples", """
                  heapgauge children service.hprof 0x7f00a0
                  heapgauge children service.hprof 0x7f00a0 --collapse --top 50
                """);
    }

    @Override
    ObjectList list(int most) throws IOException {
        return explore(address.get(), object -> new Facts(false, false).of(object.children(), most));
    }
}
