/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.measure.GroupRetained;
import io.heapgauge.analysis.measure.Grouping;
import io.heapgauge.analysis.report.InspectionJson;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.RetainedGroups;
import io.heapgauge.analysis.report.TopRetainers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code heapgauge retained}: what would be free without an object, or without all objects of a group. */
final class RetainedCommand extends Subcommand {
    private static final String OBJECT = "object";

    private final DumpFile dump = new DumpFile(syntax);
    private final Count top = syntax.count("--top", "Print the N first, 20 if not given.");
    private final Value<@Nullable String> by =
            syntax.option("--by", "GROUP", String.class, "object (if not given), class, loader or package.");
    private final Value<Boolean> json = syntax.flag(
            "--json",
            "Print JSON: {level, objects: [{id, type, shallow, retained}]}, with --by"
                    + " {level, by, groups: [{name, objects, shallow, retained}]}.");

    RetainedCommand(Terminal terminal) {
        super(terminal, "retained");
        syntax.synopsis("heapgauge retained DUMP [--top N] [--by object|class|loader|package] [--json]");
        syntax.description(
                "Says which objects retain most: what the GC roots would no longer reach without them.",
                "With --by the same of all objects of a class, of a class loader or of a package together. These sizes"
                        + " are exact, not sums, and so overlap.");
        syntax.footer("Examples", """
                  heapgauge retained service.hprof
                  heapgauge retained service.hprof --by class --top 10
                  heapgauge retained service.hprof --by package
                  heapgauge retained service.hprof --json | jq '.objects[0]'

                Weak, soft, phantom and final references hold nothing here. A class object with its
                static fields counts with java.lang.Class by class, and with its own loader and
                package by these. Where there are more than 126 groups, those are measured whose
                objects one by one dominate most, and the text says how many there are.

                Scratch files go to the directory -Djava.io.tmpdir names and are deleted again.
                """);
    }

    @Override
    public Integer call() throws IOException {
        int rows = top.orElse(20);
        String group = by.get();
        return group == null || group.equals(OBJECT) ? objects(rows) : groups(grouping(group), rows);
    }

    private int objects(int rows) throws IOException {
        TopRetainers retainers = dump.inspect(terminal, heap -> heap.topRetainers(rows));
        return terminal.answer(
                json.get(), out -> InspectionJson.write(retainers, out), () -> InspectionText.render(retainers));
    }

    private Grouping grouping(String wanted) {
        List<Grouping> all = Arrays.asList(Grouping.values());
        return all.stream()
                .filter(grouping -> grouping.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> syntax.wrong("--by '" + wanted + "': expected "
                        + String.join(
                                ", ",
                                Stream.concat(Stream.of(OBJECT), all.stream().map(Grouping::id))
                                        .toList())));
    }

    private int groups(Grouping grouping, int rows) throws IOException {
        if (rows > GroupRetained.MOST_MEASURED) {
            throw syntax.wrong("--top " + rows + ": with --by " + grouping.id() + " a number up to "
                    + GroupRetained.MOST_MEASURED);
        }
        RetainedGroups groups = dump.inspect(terminal, heap -> heap.topGroups(grouping, rows));
        return terminal.answer(
                json.get(), out -> InspectionJson.write(groups, out), () -> InspectionText.render(groups));
    }
}
