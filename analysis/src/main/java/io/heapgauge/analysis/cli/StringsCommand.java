/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code heapgauge strings}: the longest strings. */
@Command(
        name = "strings",
        customSynopsis = "heapgauge strings DUMP [--match REGEX] [--top N] [--json]",
        description = {"Lists the longest strings with their first 100 characters."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge strings service.hprof --top 5",
            "  heapgauge strings service.hprof --match 'https?://.*'",
            "",
            "What strings contain may be secret. With --match the text of every string is read, some",
            "microseconds each. 'heapgauge duplicates' counts equal strings without showing them."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class StringsCommand extends ListCommand {
    @Option(
            names = "--match",
            paramLabel = "REGEX",
            description = "Only strings of which the first 4096 characters match as a whole.")
    private @Nullable Pattern match;

    StringsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ObjectList list(int most) throws IOException {
        Pattern wanted = match;
        return explore(heap ->
                new Facts(false, false).of(wanted == null ? heap.longestStrings(most) : heap.strings(wanted), most));
    }
}
