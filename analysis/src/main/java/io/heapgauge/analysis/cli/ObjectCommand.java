/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectFacts;
import io.heapgauge.analysis.report.ObjectJson;
import io.heapgauge.analysis.report.ObjectText;
import java.io.IOException;
import java.util.List;

/** {@code heapgauge object}: one object with its fields. */
final class ObjectCommand extends ExploreCommand {
    private final Value<String> address = syntax.parameter("ADDRESS", String.class, ID);
    private final Value<Boolean> retained =
            syntax.flag("--retained", "Tell retained sizes too, which takes a second graph and its dominator tree.");
    private final Value<Boolean> json = syntax.flag(
            "--json",
            "Print JSON: {id, type, shallow, references, parents, length, value, fields: [{via, id, type, ...}]}.");

    ObjectCommand(Terminal terminal) {
        super(terminal, "object");
        syntax.synopsis("heapgauge object DUMP ADDRESS [--retained] [--json]");
        syntax.description(
                "Prints one object: type, size, value, and its fields by name.",
                "Of an array the first elements, of a map or collection the number of its elements.");
        syntax.footer("Examples", """
                  heapgauge object service.hprof 0x7f00a0
                  heapgauge object service.hprof 0x7f00a0 --retained
                  heapgauge object service.jsonl.gz 0x7f00a0 --json | jq '.fields[].via'

                Values come from the dump and may be secrets; so does what this prints.
                'heapgauge all' and 'heapgauge retained' print ids.
                """);
    }

    @Override
    public Integer call() throws IOException {
        Facts facts = new Facts(true, retained.get());
        Answer answer = explore(
                address.get(),
                object -> new Answer(
                        facts.of(object),
                        object.fields().isEmpty()
                                ? new Facts(false, retained.get()).elements(object, rows(json.get()))
                                : new Facts(false, retained.get()).fields(object)));
        return terminal.answer(
                json.get(),
                out -> ObjectJson.write(answer.object, answer.fields, out),
                () -> ObjectText.render(answer.object, answer.fields));
    }

    private record Answer(ObjectFacts object, List<ObjectFacts> fields) {}
}
