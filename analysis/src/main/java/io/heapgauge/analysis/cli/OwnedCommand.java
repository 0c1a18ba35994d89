/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.explore.HeapObject;
import java.io.IOException;

/** {@code heapgauge owned}: what an object owns, by type. */
final class OwnedCommand extends ExploreCommand {
    private final Value<String> address = syntax.parameter("ADDRESS", String.class, ID);
    private final Value<Boolean> json =
            syntax.flag("--json", "Print JSON: {objects, bytes, types: [{type, objects, bytes, largest}]}.");

    OwnedCommand(Terminal terminal) {
        super(terminal, "owned");
        syntax.synopsis("heapgauge owned DUMP ADDRESS [--exclude EXCLUSION]... [--collapse] [--top N] [--json]");
        syntax.description(
                "Sums up by type all that an object reaches, itself included, without what is excluded.",
                "Edges to classes, loaders and weak referents are not followed unless --all-edges says so.");
        syntax.footer("Examples", """
                  heapgauge owned service.hprof 0x7f00a0
                  heapgauge owned service.hprof 0x7f00a0 --exclude class:com.acme.Catalog
                  heapgauge owned service.hprof 0x7f00a0 --exclude object:0x7f1b30 --collapse
                """);
    }

    @Override
    public Integer call() throws IOException {
        return print(terminal, json.get(), rows(json.get()), explore(address.get(), HeapObject::summarize));
    }
}
