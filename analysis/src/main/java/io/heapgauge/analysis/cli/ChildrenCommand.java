/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code heapgauge children}: what an object refers to. */
@Command(
        name = "children",
        customSynopsis = "heapgauge children DUMP ADDRESS [--top N] [--collapse] [--json]",
        description = {"Lists what an object refers to, in the order of the dump."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge children service.hprof 0x7f00a0",
            "  heapgauge children service.hprof 0x7f00a0 --collapse --top 50"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ChildrenCommand extends ListCommand {
    @Parameters(index = "1", paramLabel = "ADDRESS", description = "The object's id: hexadecimal with 0x, or decimal.")
    private String address = "";

    ChildrenCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ObjectList list(int most) throws IOException {
        return explore(address, object -> new Facts(false, false).of(object.children(), most));
    }
}
