/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.explore.HeapSummary;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.ObjectJson;
import io.heapgauge.analysis.report.ObjectList;
import io.heapgauge.analysis.report.ObjectText;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import java.io.IOException;
import java.util.List;

/** What the commands that open a heap and walk it have in common. */
abstract class ExploreCommand extends Subcommand {
    /** What the help says of an ADDRESS. */
    static final String ID = "The object's id: hexadecimal with 0x, or decimal.";

    private final DumpFile dump = new DumpFile(syntax);
    private final HeapView view = new HeapView(syntax);
    private final Count top = syntax.count(
            "--top",
            "Print only the first N; the totals are still of everything. Without it text has 20 and JSON all.");

    ExploreCommand(Terminal terminal, String name) {
        super(terminal, name);
    }

    /** Rows to print. */
    int rows(boolean json) {
        return rows(top, json);
    }

    /** Asks a question of the heap in the view that the options say. */
    <T> T explore(DumpFile.Question<Heap, T> question) throws IOException {
        return dump.explore(terminal, heap -> question.ask(view.of(heap)));
    }

    /** Asks a question of one object. */
    <T> T explore(String address, DumpFile.Question<HeapObject, T> question) throws IOException {
        long id;
        try {
            id = Address.parse(address);
        } catch (IllegalArgumentException e) {
            throw syntax.wrong("ADDRESS " + e.getMessage());
        }
        return explore(heap -> {
            HeapObject object = heap.at(id);
            if (object.isMissing()) {
                throw new IOException("no object in the dump has the id 0x" + Long.toHexString(id));
            }
            return question.ask(object);
        });
    }

    int answer(boolean json, ObjectList list) throws IOException {
        return terminal.answer(json, out -> ObjectJson.write(list, out), () -> ObjectText.render(list));
    }

    /** Prints types of a heap. */
    static int print(Terminal terminal, boolean json, int rows, HeapSummary summary) throws IOException {
        Size total = new Size(summary.objects(), summary.bytes());
        List<TypeSummary> types = summary.types();
        return terminal.answer(
                json,
                out -> ObjectJson.write(types, total, rows, out),
                () -> InspectionText.render(types, total, rows));
    }
}
