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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heapgauge export}: the heap as JSON lines. */
@Command(
        name = "export",
        customSynopsis = "heapgauge export DUMP OUT [--lossless] [--no-values] [--from ADDRESS]",
        description = {
            "Writes the heap as JSON lines, which grep, jq and Meliae's loader read.",
            "One object is one line. OUT ending in .gz is compressed. What takes a dump takes such a",
            "file too, as far as it has the answer."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge export service.hprof service.jsonl.gz",
            "  heapgauge export service.hprof all.jsonl --lossless --no-values",
            "  heapgauge export service.hprof cache.jsonl --from 0x7f00a0 --exclude package:com.acme.log",
            "",
            "Names and the first 100 characters of strings are in the file unless --no-values is given.",
            "OUT must not exist; only its owner may read it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ExportCommand extends ExploreCommand {
    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--lossless",
            description =
                    "Write types with fields and loaders, and GC roots as well, so that nothing is lost but array contents.")
    private boolean lossless;

    @Option(names = "--no-values", description = "Leave out what strings contain and primitive fields hold.")
    private boolean noValues;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "Only this object and all that it reaches.")
    private @Nullable String from;

    @Option(names = "--json", description = "Print JSON: {objects, bytes}, objects written and bytes of the file.")
    private boolean json;

    ExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        ExportProfile whole = lossless ? ExportProfile.LOSSLESS : ExportProfile.MELIAE;
        ExportProfile profile = noValues ? whole.withoutValues() : whole;
        String start = from;
        long objects = start == null
                ? explore(heap -> heap.export(out, profile))
                : explore(start, object -> object.heap().export(out, profile, object));
        Size written = new Size(objects, Files.size(out));
        return terminal()
                .answer(
                        json,
                        to -> ObjectJson.write(List.of(), written, 0, to),
                        () -> objects + " objects written to " + out + ", " + written.bytes() + " bytes\n");
    }
}
