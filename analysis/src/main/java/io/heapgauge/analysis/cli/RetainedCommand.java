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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heapgauge retained}: what would be free without an object, or without all objects of a group. */
@Command(
        name = "retained",
        customSynopsis = "heapgauge retained DUMP [--top N] [--by object|class|loader|package] [--json]",
        description = {
            "Says which objects retain most: what the GC roots would no longer reach without them.",
            "With --by the same of all objects of a class, of a class loader or of a package together. These sizes are"
                    + " exact, not sums, and so overlap."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge retained service.hprof",
            "  heapgauge retained service.hprof --by class --top 10",
            "  heapgauge retained service.hprof --by package",
            "  heapgauge retained service.hprof --json | jq '.objects[0]'",
            "",
            "Weak, soft, phantom and final references hold nothing here. A class object with its",
            "static fields counts with java.lang.Class by class, and with its own loader and",
            "package by these. Where there are more than 126 groups, those are measured whose",
            "objects one by one dominate most, and the text says how many there are.",
            "",
            "Scratch files go to the directory -Djava.io.tmpdir names and are deleted again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RetainedCommand implements Callable<Integer> {
    private static final String OBJECT = "object";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Option(names = "--top", paramLabel = "N", description = "Print the N first, 20 if not given.")
    private int top = 20;

    @Option(names = "--by", paramLabel = "GROUP", description = "object (if not given), class, loader or package.")
    private String by = OBJECT;

    @Option(
            names = "--json",
            description = "Print JSON: {level, objects: [{id, type, shallow, retained}]}, with --by"
                    + " {level, by, groups: [{name, objects, shallow, retained}]}.")
    private boolean json;

    RetainedCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top " + top + ": expected a number from 1");
        }
        return by.equals(OBJECT) ? objects() : groups(grouping());
    }

    private int objects() throws IOException {
        TopRetainers retainers = dump.inspect(terminal, heap -> heap.topRetainers(top));
        return terminal.answer(
                json, out -> InspectionJson.write(retainers, out), () -> InspectionText.render(retainers));
    }

    private Grouping grouping() {
        List<Grouping> all = Arrays.asList(Grouping.values());
        return all.stream()
                .filter(grouping -> grouping.id().equals(by))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--by '" + by + "': expected "
                                + String.join(
                                        ", ",
                                        Stream.concat(
                                                        Stream.of(OBJECT),
                                                        all.stream().map(Grouping::id))
                                                .toList())));
    }

    private int groups(Grouping grouping) throws IOException {
        if (top > GroupRetained.MOST_MEASURED) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--top " + top + ": with --by " + by + " a number up to " + GroupRetained.MOST_MEASURED);
        }
        RetainedGroups groups = dump.inspect(terminal, heap -> heap.topGroups(grouping, top));
        return terminal.answer(json, out -> InspectionJson.write(groups, out), () -> InspectionText.render(groups));
    }
}
