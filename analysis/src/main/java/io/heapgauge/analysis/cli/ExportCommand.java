/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.jsonl.ExportProfile;
import io.heapgauge.analysis.report.ObjectJson;
import io.heapgauge.analysis.report.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code heapgauge export}: the heap as JSON lines. */
final class ExportCommand extends ExploreCommand {
    private final Value<Path> out = syntax.parameter("OUT", Path.class, "The file to write.");
    private final Value<Boolean> lossless = syntax.flag(
            "--lossless",
            "Write types with fields and loaders, and GC roots as well, so that nothing is lost but array contents.");
    private final Value<Boolean> noValues =
            syntax.flag("--no-values", "Leave out what strings contain and primitive fields hold.");
    private final Value<@Nullable String> from =
            syntax.option("--from", "ADDRESS", String.class, "Only this object and all that it reaches.");
    private final Value<Boolean> json =
            syntax.flag("--json", "Print JSON: {objects, bytes}, objects written and bytes of the file.");

    ExportCommand(Terminal terminal) {
        super(terminal, "export");
        syntax.synopsis("heapgauge export DUMP OUT [--lossless] [--no-values] [--from ADDRESS]");
        syntax.description(
                "Writes the heap as JSON lines, which grep, jq and Meliae's loader read.",
                "One object is one line. OUT ending in .gz is compressed. What takes a dump takes such a",
                "file too, as far as it has the answer.");
        syntax.footer("Examples", """
                  heapgauge export service.hprof service.jsonl.gz
                  heapgauge export service.hprof all.jsonl --lossless --no-values
                  heapgauge export service.hprof cache.jsonl --from 0x7f00a0 --exclude package:com.acme.log

                Names and the first 100 characters of strings are in the file unless --no-values is given.
                OUT must not exist; only its owner may read it.
                """);
    }

    @Override
    public Integer call() throws IOException {
        ExportProfile whole = lossless.get() ? ExportProfile.LOSSLESS : ExportProfile.MELIAE;
        ExportProfile profile = noValues.get() ? whole.withoutValues() : whole;
        String start = from.get();
        Path file = out.get();
        long objects = start == null
                ? explore(heap -> heap.export(file, profile))
                : explore(start, object -> object.heap().export(file, profile, object));
        Size written = new Size(objects, Files.size(file));
        return terminal.answer(
                json.get(),
                to -> ObjectJson.write(List.of(), written, 0, to),
                () -> objects + " objects written to " + file + ", " + written.bytes() + " bytes\n");
    }
}
