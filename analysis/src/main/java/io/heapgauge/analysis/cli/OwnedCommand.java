/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.explore.HeapObject;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heapgauge owned}: what an object owns, by type. */
@Command(
        name = "owned",
        customSynopsis = "heapgauge owned DUMP ADDRESS [--exclude EXCLUSION]... [--collapse] [--top N] [--json]",
        description = {
            "Sums up by type all that an object reaches, itself included, without what is excluded.",
            "Edges to classes, loaders and weak referents are not followed unless --all-edges says so."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge owned service.hprof 0x7f00a0",
            "  heapgauge owned service.hprof 0x7f00a0 --exclude class:com.acme.Catalog",
            "  heapgauge owned service.hprof 0x7f00a0 --exclude object:0x7f1b30 --collapse"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class OwnedCommand extends ExploreCommand {
    @Parameters(index = "1", paramLabel = "ADDRESS", description = "The object's id: hexadecimal with 0x, or decimal.")
    private String address = "";

    @Option(names = "--json", description = "Print JSON: {objects, bytes, types: [{type, objects, bytes, largest}]}.")
    private boolean json;

    OwnedCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        return print(terminal(), json, rows(json), explore(address, HeapObject::summarize));
    }
}
