/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.redact.HprofRedactor;
import io.heapgauge.analysis.redact.KeptField;
import io.heapgauge.analysis.redact.RedactionRules;
import io.heapgauge.analysis.redact.RedactionSummary;
import io.heapgauge.analysis.report.ObjectJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code heapgauge redact}: a dump without the values in it. */
final class RedactCommand extends Subcommand {
    private final Value<Path> in = syntax.parameter("IN", Path.class, "A heap dump in hprof format, plain or gzip.");
    private final Value<Path> out = syntax.parameter("OUT", Path.class, "The new dump; an existing file is an error.");
    private final Value<List<String>> keep = syntax.repeatable(
            "--keep",
            "Class#field",
            "A primitive field, instance or static, whose values stay. Can be given several times.");
    private final Value<Boolean> json = syntax.flag(
            "--json", "Print JSON: {bytes, zeroed: {arrays, bytes, values}, masked, kept: {arrays, values}}.");

    RedactCommand(Terminal terminal) {
        super(terminal, "redact");
        syntax.synopsis("heapgauge redact IN OUT [--keep Class#field]... [--json]");
        syntax.description(
                "Writes a dump again without the values in it.",
                "All contents of primitive arrays, strings among them, and all primitive fields are zeroed.",
                "Types, sizes, references, GC roots and stack traces stay.");
        syntax.footer("Examples", """
                  heapgauge redact service.hprof redacted.hprof
                  heapgauge redact service.hprof.gz redacted.hprof
                  heapgauge redact service.hprof redacted.hprof --keep com.acme.Cache#capacity

                What stays are the sizes of collections, buffers and strings, and names of classes,
                fields and methods on stacks. docs/redaction.md lists it all. OUT is an
                uncompressed dump that only you may read; it must not exist yet, and appears when it
                is whole.
                """);
    }

    @Override
    public Integer call() throws IOException {
        RedactionRules rules = RedactionRules.standard().keeping(fields());
        if (DumpFile.isJson(in.get())) {
            throw new IOException(
                    in.get() + ": JSON lines; 'heapgauge export --no-values' leaves values out of such a file");
        }
        RedactionSummary summary;
        try (ProgressLine progress = new ProgressLine(terminal);
                Interruption interruption = Interruption.watch()) {
            summary = HprofRedactor.redact(in.get(), out.get(), rules, new Monitor(progress, interruption));
        }
        for (KeptField unused : summary.unused()) {
            terminal.err().println("heapgauge: --keep " + unused + ": the dump has no such primitive field");
        }
        return terminal.answer(json.get(), to -> ObjectJson.writeNumbers(numbers(summary), to), () -> line(summary));
    }

    private static Map<String, Object> numbers(RedactionSummary summary) {
        Map<String, Object> zeroed = new LinkedHashMap<>();
        zeroed.put("arrays", summary.arrays());
        zeroed.put("bytes", summary.arrayBytes());
        zeroed.put("values", summary.values());
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("arrays", summary.keptArrays());
        kept.put("values", summary.keptValues());
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("bytes", summary.bytes());
        numbers.put("zeroed", zeroed);
        numbers.put("masked", summary.names());
        numbers.put("kept", kept);
        return numbers;
    }

    private List<KeptField> fields() {
        try {
            return keep.get().stream().map(KeptField::parse).toList();
        } catch (IllegalArgumentException e) {
            throw syntax.wrong("--keep: " + e.getMessage());
        }
    }

    private String line(RedactionSummary summary) {
        return String.format(
                Locale.ROOT,
                "%s: %d bytes; zeroed %d arrays of %d bytes and %d values, masked %d names; kept %d arrays and %d values%n",
                out.get(),
                summary.bytes(),
                summary.arrays(),
                summary.arrayBytes(),
                summary.values(),
                summary.names(),
                summary.keptArrays(),
                summary.keptValues());
    }
}
