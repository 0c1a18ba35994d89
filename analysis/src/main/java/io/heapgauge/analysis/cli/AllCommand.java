/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code heapgauge all}: the objects of a type. */
final class AllCommand extends ListCommand {
    private final Value<String> type = syntax.parameter("TYPE", String.class, "A class name as people write it.");
    private final Value<@Nullable String> from =
            syntax.option("--from", "ADDRESS", String.class, "Only objects that this one reaches.");

    AllCommand(Terminal terminal) {
        super(terminal, "all");
        syntax.synopsis("heapgauge all DUMP TYPE [--from ADDRESS] [--top N] [--json]");
        syntax.description("Lists the objects of a type, the largest first.");
        syntax.footer("Examples", """
                  heapgauge all service.hprof com.acme.Session --top 5
                  heapgauge all service.hprof 'com.acme.*'
                  heapgauge all service.hprof java.util.AbstractMap+
                  heapgauge all service.hprof java.lang.String --from 0x7f00a0

                TYPE is exact, 'byte[]' or 'com.acme.Session'; * stands for any text, + at the end takes
                sub classes as well, @0x7f00 behind it the class of one loader only.
                """);
    }

    @Override
    ObjectList list(int most) throws IOException {
        Facts facts = new Facts(false, false);
        String start = from.get();
        try {
            return start == null
                    ? explore(heap -> facts.of(heap.all(type.get()), most))
                    : explore(start, object -> facts.of(object.all(type.get()), most));
        } catch (IllegalArgumentException e) {
            throw syntax.wrong(e);
        }
    }
}
