/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.explore.HeapSummary;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.report.CollapsedTypes;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.InspectionJson;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.ReportText;
import io.heapgauge.analysis.source.NativeField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code heapgauge types}: objects and bytes by type. */
@Command(
        name = "types",
        customSynopsis =
                "heapgauge types DUMP [--top N] [--native Class#field...] [--collapse [--part Class#field...]] [--json]",
        description = {
            "Counts the objects of a dump by type, the largest types first.",
            "One pass over the file; 32 MB of Java heap are enough for dumps of any size."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge types service.hprof",
            "  heapgauge types service.hprof --top 5",
            "  heapgauge types service.hprof --json | jq '.types[:3]'",
            "",
            "The text has one row per type: Count and Size with their share of the total,",
            "Cum the share of the size up to this row, Max the size of the largest object.",
            "Sizes are shallow, in bytes, as the VM laid the objects out."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class TypesCommand implements Callable<Integer> {
    private static final int TEXT_ROWS = 20;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Print only the N largest types; the totals are still of everything."
                    + " Without it text has 20 rows and JSON all.")
    private @Nullable Integer top;

    @Option(
            names = "--collapse",
            description = "Count private parts with the one object that owns them: a map with its table and nodes, a"
                    + " string with its bytes, a boxed value with its holder. Reads the dump twice and needs scratch.")
    private boolean collapse;

    @Option(
            names = "--part",
            paramLabel = "Class#field",
            description =
                    "With --collapse, a field of yours that leads to a private part; Type[]#[] for the elements of"
                            + " an array. Can be given several times.")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--native",
            paramLabel = "Class#field",
            description = "A field that says how many bytes outside of the heap an object holds, for the column Native."
                    + " Direct byte buffers, inflaters and deflaters are known. Can be given several times.")
    private List<String> nativeFields = new ArrayList<>();

    @Option(
            names = "--json",
            description =
                    "Print JSON: {objects, bytes, types: [{type, objects, bytes, largest}]}; native too where not 0.")
    private boolean json;

    TypesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (top != null && top < 1) {
            throw new ParameterException(spec.commandLine(), "--top " + top + ": expected a number from 1");
        }
        int rows = top != null ? top : json ? Integer.MAX_VALUE : TEXT_ROWS;
        AnalysisRequest.Builder request = AnalysisRequest.builder();
        List<FieldRule> partRules;
        try {
            partRules = parts.stream().map(FieldRule::parse).toList();
            request.nativeFields(nativeFields.stream().map(NativeField::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (dump.isJson()) {
            return ofJson(rows);
        }
        if (collapse || !partRules.isEmpty()) {
            return collapsed(partRules, rows);
        }
        HeapReport report = dump.analyze(request.maxLevel(Level.TYPES).maxTypes(rows), terminal);
        return terminal.answer(
                json, out -> ReportJson.writeTypes(report, rows, out), () -> ReportText.render(report, rows));
    }

    private int ofJson(int rows) throws IOException {
        if (!parts.isEmpty() || !nativeFields.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--part and --native are about fields, which JSON lines do not have");
        }
        HeapSummary types = dump.explore(terminal, heap -> (collapse ? heap.collapsed() : heap).summarize());
        return ExploreCommand.print(terminal, json, rows, types);
    }

    private int collapsed(List<FieldRule> partRules, int rows) throws IOException {
        CollapsedTypes types = dump.inspect(terminal, heap -> heap.collapsedTypes(partRules));
        return terminal.answer(
                json, out -> InspectionJson.write(types, rows, out), () -> InspectionText.render(types, rows));
    }
}
