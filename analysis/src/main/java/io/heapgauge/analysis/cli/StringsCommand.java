/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectList;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code heapgauge strings}: the longest strings. */
final class StringsCommand extends ListCommand {
    private final Value<@Nullable Pattern> match = syntax.option(
            "--match", "REGEX", Pattern.class, "Only strings of which the first 4096 characters match as a whole.");

    StringsCommand(Terminal terminal) {
        super(terminal, "strings");
        syntax.synopsis("heapgauge strings DUMP [--match REGEX] [--top N] [--json]");
        syntax.description("Lists the longest strings with their first 100 characters.");
        syntax.footer("Examples", """
                  heapgauge strings service.hprof --top 5
                  heapgauge strings service.hprof --match 'https?://.*'

                What strings contain may be secret. With --match the text of every string is read, some
                microseconds each. 'heapgauge duplicates' counts equal strings without showing them.
                """);
    }

    @Override
    ObjectList list(int most) throws IOException {
        Pattern wanted = match.get();
        return explore(heap ->
                new Facts(false, false).of(wanted == null ? heap.longestStrings(most) : heap.strings(wanted), most));
    }
}
