/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.redact.HprofRedactor;
import io.heapgauge.analysis.redact.KeptFields;
import io.heapgauge.analysis.redact.RedactionSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heapgauge redact}: a dump that can be given away. */
@Command(
        name = "redact",
        customSynopsis = "heapgauge redact IN OUT [--keep Class#field...]",
        description = {
            "Writes a dump without contents: primitive arrays and primitive fields are zeroed.",
            "Classes, names of classes and fields, lengths, references and roots stay, and so every count and size."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge redact service.hprof for-support.hprof",
            "  heapgauge redact service.hprof.gz out.hprof --keep com.acme.Order#state",
            "",
            "A few fields of the JDK stay, such as the sizes of collections: docs/redaction.md lists them.",
            "OUT is plain hprof, for its owner alone, and is there only when it is whole."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RedactCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "IN", description = "A heap dump in hprof format, plain or gzip.")
    private Path original = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write; it must not exist.")
    private Path redacted = Path.of("");

    @Option(
            names = "--keep",
            paramLabel = "Class#field",
            description = "A primitive field whose values stay. Can be given several times.")
    private List<String> keep = new ArrayList<>();

    RedactCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        KeptFields kept;
        try {
            kept = KeptFields.DEFAULT.plus(keep.stream().map(FieldRule::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        DumpFile.checked(original);
        RedactionSummary done;
        try (ProgressLine progress = new ProgressLine(terminal);
                Interruption interruption = Interruption.watch()) {
            done = HprofRedactor.redact(original, redacted, kept, new Monitor(progress, interruption));
        }
        terminal.print(String.format(
                Locale.ROOT,
                "%s: %,d bytes; zeroed %,d arrays with %,d bytes, and %,d bytes of fields in %,d instances;"
                        + " %,d names of registered roots stay%n",
                redacted,
                done.bytes(),
                done.arrays(),
                done.arrayBytes(),
                done.fieldBytes(),
                done.instances(),
                done.keptArrays()));
        return Main.DONE;
    }
}
