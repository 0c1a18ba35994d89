/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code heapgauge parents}: who refers to an object. */
@Command(
        name = "parents",
        customSynopsis = "heapgauge parents DUMP ADDRESS [--top N] [--collapse] [--json]",
        description = {
            "Lists who refers to an object strongly, each once.",
            "'heapgauge path' says which of them keeps it alive."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heapgauge parents service.hprof 0x7f00a0", "  heapgauge parents service.hprof 0x7f00a0 --collapse"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ParentsCommand extends ListCommand {
    @Parameters(index = "1", paramLabel = "ADDRESS", description = "The object's id: hexadecimal with 0x, or decimal.")
    private String address = "";

    ParentsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ObjectList list(int most) throws IOException {
        return explore(address, object -> new Facts(true, false).of(object.parents(), most));
    }
}
