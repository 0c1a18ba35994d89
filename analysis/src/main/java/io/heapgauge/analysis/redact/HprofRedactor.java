/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.NewFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a dump again without the values in it. The contents of primitive arrays and the values of primitive fields, static
 * fields and constants become zero unless a rule keeps them, and names that neither a class, a field nor a stack frame bears
 * become asterisks: among them the VM writes all string literals of the code. All else stays byte for byte, so types, sizes,
 * references, GC roots and stack traces are the same.
 *
 * <p>What cannot be told apart from a value ends the redaction with an error: it never lets through what it does not know.
 */
public final class HprofRedactor {
    private HprofRedactor() {}

    /**
     * Redacts a dump. Cost: the dump is read twice and written once; three times where entries of a gauge's registry come
     * before their class, which HotSpot never writes. Memory: of the number of classes, and a window of a megabyte. May be called
     * by several threads for different files.
     *
     * @param in an hprof file, plain or gzip
     * @param out the new dump, always plain; gets its name when it is whole and is readable by its owner only
     * @param rules which fields keep their values
     * @param monitor hears of the progress; a wish to stop leaves no file behind
     * @return what was done
     * @throws java.nio.file.FileAlreadyExistsException if {@code out} exists
     * @throws io.heapgauge.analysis.hprof.HprofException if {@code in} is no dump, is truncated or corrupt, or has what cannot
     *     be redacted
     * @throws io.heapgauge.analysis.monitor.AnalysisCancelledException if somebody asked to stop
     * @throws IOException if a file cannot be read or written
     */
    public static RedactionSummary redact(Path in, Path out, RedactionRules rules, Monitor monitor) throws IOException {
        if (Files.exists(out) && Files.isSameFile(in, out)) {
            throw new FileSystemException(
                    out.toString(), null, "is the dump itself; name another file for the new one");
        }
        try (NewFile file = NewFile.create(out)) {
            KnownClasses classes = new KnownClasses(rules);
            RegistryNames registry = new RegistryNames(classes);
            monitor.phase("reading classes");
            HprofScanner.scan(in, new ClassPass(classes, registry, monitor));
            if (registry.hasMissedAny()) {
                monitor.phase("reading the registry");
                HprofScanner.scan(in, new ClassPass(classes, registry, monitor));
            }
            monitor.phase("redacting");
            RewritePass rewrite = new RewritePass(in, classes, registry, monitor);
            HprofScanner.rewrite(in, rewrite, file);
            monitor.check();
            return rewrite.summary(file.publish());
        }
    }
}
