/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.ObjectFacts;
import io.heapgauge.analysis.report.ObjectJson;
import io.heapgauge.analysis.report.ObjectText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heapgauge object}: one object with its fields. */
@Command(
        name = "object",
        customSynopsis = "heapgauge object DUMP ADDRESS [--retained] [--json]",
        description = {
            "Prints one object: type, size, value, and its fields by name.",
            "Of an array the first elements, of a map or collection the number of its elements."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge object service.hprof 0x7f00a0",
            "  heapgauge object service.hprof 0x7f00a0 --retained",
            "  heapgauge object service.jsonl.gz 0x7f00a0 --json | jq '.fields[].via'",
            "",
            "Values come from the dump and may be secrets; so does what this prints.",
            "'heapgauge all' and 'heapgauge retained' print ids."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ObjectCommand extends ExploreCommand {
    @Parameters(index = "1", paramLabel = "ADDRESS", description = "The object's id: hexadecimal with 0x, or decimal.")
    private String address = "";

    @Option(
            names = "--retained",
            description = "Tell retained sizes too, which takes a second graph and its dominator tree.")
    private boolean retained;

    @Option(
            names = "--json",
            description =
                    "Print JSON: {id, type, shallow, references, parents, length, value, fields: [{via, id, type, ...}]}.")
    private boolean json;

    ObjectCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        Facts facts = new Facts(true, retained);
        Answer answer = explore(
                address,
                object -> new Answer(
                        facts.of(object),
                        object.fields().isEmpty()
                                ? new Facts(false, retained).elements(object, rows(json))
                                : new Facts(false, retained).fields(object)));
        return terminal()
                .answer(
                        json,
                        out -> ObjectJson.write(answer.object, answer.fields, out),
                        () -> ObjectText.render(answer.object, answer.fields));
    }

    private record Answer(ObjectFacts object, List<ObjectFacts> fields) {}
}
