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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heapgauge redact}: a dump without the values in it. */
@Command(
        name = "redact",
        customSynopsis = "heapgauge redact IN OUT [--keep Class#field]... [--json]",
        description = {
            "Writes a dump again without the values in it.",
            "All contents of primitive arrays, strings among them, and all primitive fields are zeroed.",
            "Types, sizes, references, GC roots and stack traces stay."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge redact service.hprof redacted.hprof",
            "  heapgauge redact service.hprof.gz redacted.hprof",
            "  heapgauge redact service.hprof redacted.hprof --keep com.acme.Cache#capacity",
            "",
            "What stays are the sizes of collections, buffers and strings, and names of classes,",
            "fields and methods on stacks. docs/redaction.md lists it all. OUT is an",
            "uncompressed dump that only you may read; it must not exist yet, and appears when it",
            "is whole."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RedactCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "IN", description = "A heap dump in hprof format, plain or gzip.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The new dump; an existing file is an error.")
    private Path out = Path.of("");

    @Option(
            names = "--keep",
            paramLabel = "Class#field",
            description = "A primitive field, instance or static, whose values stay. Can be given several times.")
    private List<String> keep = new ArrayList<>();

    @Option(
            names = "--json",
            description = "Print JSON: {bytes, zeroed: {arrays, bytes, values}, masked, kept: {arrays, values}}.")
    private boolean json;

    RedactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        RedactionRules rules = RedactionRules.standard().keeping(fields());
        if (DumpFile.isJson(in)) {
            throw new IOException(in + ": JSON lines; 'heapgauge export --no-values' leaves values out of such a file");
        }
        RedactionSummary summary;
        try (ProgressLine progress = new ProgressLine(terminal);
                Interruption interruption = Interruption.watch()) {
            summary = HprofRedactor.redact(in, out, rules, new Monitor(progress, interruption));
        }
        for (KeptField unused : summary.unused()) {
            terminal.err().println("heapgauge: --keep " + unused + ": the dump has no such primitive field");
        }
        return terminal.answer(json, to -> ObjectJson.writeNumbers(numbers(summary), to), () -> line(summary));
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
            return keep.stream().map(KeptField::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--keep: " + e.getMessage());
        }
    }

    private String line(RedactionSummary summary) {
        return String.format(
                Locale.ROOT,
                "%s: %d bytes; zeroed %d arrays of %d bytes and %d values, masked %d names; kept %d arrays and %d values%n",
                out,
                summary.bytes(),
                summary.arrays(),
                summary.arrayBytes(),
                summary.values(),
                summary.names(),
                summary.keptArrays(),
                summary.keptValues());
    }
}
