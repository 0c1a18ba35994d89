/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heapgauge all}: the objects of a type. */
@Command(
        name = "all",
        customSynopsis = "heapgauge all DUMP TYPE [--from ADDRESS] [--top N] [--json]",
        description = {"Lists the objects of a type, the largest first."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge all service.hprof com.acme.Session --top 5",
            "  heapgauge all service.hprof 'com.acme.*'",
            "  heapgauge all service.hprof java.util.AbstractMap+",
            "  heapgauge all service.hprof java.lang.String --from 0x7f00a0",
            "",
            "TYPE is exact, 'byte[]' or 'com.acme.Session'; * stands for any text, + at the end takes",
            "sub classes as well, @0x7f00 behind it the class of one loader only."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class AllCommand extends ListCommand {
    @Parameters(index = "1", paramLabel = "TYPE", description = "A class name as people write it.")
    private String type = "";

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Only objects that this one reaches.")
    private @Nullable String from;

    AllCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ObjectList list(int most) throws IOException {
        Facts facts = new Facts(false, false);
        String start = from;
        try {
            return start == null
                    ? explore(heap -> facts.of(heap.all(type), most))
                    : explore(start, object -> facts.of(object.all(type), most));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }
}
