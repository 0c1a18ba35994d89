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
import java.util.List;

/** {@code heapgauge types}: objects and bytes by type. */
final class TypesCommand extends Subcommand {
    private final DumpFile dump = new DumpFile(syntax);
    private final Count top = syntax.count(
            "--top",
            "Print only the N largest types; the totals are still of everything."
                    + " Without it text has 20 rows and JSON all.");
    private final Value<Boolean> collapse = syntax.flag(
            "--collapse",
            "Count private parts with the one object that owns them: a map with its table and nodes, a"
                    + " string with its bytes, a boxed value with its holder. Reads the dump twice and needs scratch.");
    private final Value<List<String>> parts = syntax.repeatable(
            "--part",
            "Class#field",
            "With --collapse, a field of yours that leads to a private part; Type[]#[] for the elements of"
                    + " an array. Can be given several times.");
    private final Value<List<String>> nativeFields = syntax.repeatable(
            "--native",
            "Class#field",
            "A field that says how many bytes outside of the heap an object holds, for the column Native."
                    + " Direct byte buffers, inflaters and deflaters are known. Can be given several times.");
    private final Value<Boolean> json = syntax.flag(
            "--json",
            "Print JSON: {objects, bytes, types: [{type, objects, bytes, largest}]}; native too where not 0.");

    TypesCommand(Terminal terminal) {
        super(terminal, "types");
        syntax.synopsis("heapgauge types DUMP [--top N] [--native Class#field...]"
                + " [--collapse [--part Class#field...]] [--json]");
        syntax.description(
                "Counts the objects of a dump by type, the largest types first.",
                "One pass over the file; 32 MB of Java heap are enough for dumps of any size.");
        syntax.footer("Examples", """
                  heapgauge types service.hprof
                  heapgauge types service.hprof --top 5
                  heapgauge types service.hprof --json | jq '.types[:3]'

                The text has one row per type: Count and Size with their share of the total,
                Cum the share of the size up to this row, Max the size of the largest object.
                Sizes are shallow, in bytes, as the VM laid the objects out.
                """);
    }

    @Override
    public Integer call() throws IOException {
        int rows = rows(top, json.get());
        AnalysisRequest.Builder request = AnalysisRequest.builder();
        List<FieldRule> partRules;
        try {
            partRules = parts.get().stream().map(FieldRule::parse).toList();
            request.nativeFields(
                    nativeFields.get().stream().map(NativeField::parse).toList());
        } catch (IllegalArgumentException e) {
            throw syntax.wrong(e);
        }
        if (dump.isJson()) {
            return ofJson(rows);
        }
        if (collapse.get() || !partRules.isEmpty()) {
            return collapsed(partRules, rows);
        }
        HeapReport report = dump.analyze(request.maxLevel(Level.TYPES).maxTypes(rows), terminal);
        return terminal.answer(
                json.get(), out -> ReportJson.writeTypes(report, rows, out), () -> ReportText.render(report, rows));
    }

    private int ofJson(int rows) throws IOException {
        if (!parts.get().isEmpty() || !nativeFields.get().isEmpty()) {
            throw syntax.wrong("--part and --native are about fields, which JSON lines do not have");
        }
        HeapSummary types = dump.explore(terminal, heap -> (collapse.get() ? heap.collapsed() : heap).summarize());
        return ExploreCommand.print(terminal, json.get(), rows, types);
    }

    private int collapsed(List<FieldRule> partRules, int rows) throws IOException {
        CollapsedTypes types = dump.inspect(terminal, heap -> heap.collapsedTypes(partRules));
        return terminal.answer(
                json.get(), out -> InspectionJson.write(types, rows, out), () -> InspectionText.render(types, rows));
    }
}
