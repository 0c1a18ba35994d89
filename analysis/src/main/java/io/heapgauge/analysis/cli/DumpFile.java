/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.jsonl.JsonLinesSource;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The dump that a command reads, and its analysis with a progress line. */
final class DumpFile {
    private final Value<Path> file;
    private final Count threads;

    DumpFile(Syntax syntax) {
        file = syntax.parameter(
                "DUMP", Path.class, "A heap dump in hprof format or an export as JSON lines, plain or gzip.");
        threads = syntax.count(
                "--threads", "Threads that read the dump; one per processor if not given. A gzip file is read by one.");
    }

    /** Whether it is an export as JSON lines. */
    boolean isJson() throws IOException {
        return isJson(file.get());
    }

    static boolean isJson(Path dump) throws IOException {
        checked(dump);
        return JsonLinesSource.isJson(dump);
    }

    /** Refuses an export as JSON lines, in which there is no answer to the command's question. */
    void needHprof(String why) throws IOException {
        if (isJson()) {
            throw new IOException(file.get() + ": JSON lines have " + why + "; ask the heap dump itself");
        }
    }

    HeapReport analyze(AnalysisRequest.Builder request, Terminal terminal) throws IOException {
        Path path = file.get();
        request.threads(checked());
        Instant writtenAt = isJson()
                ? Files.getLastModifiedTime(path).toInstant()
                : Instant.ofEpochMilli(HprofScanner.header(path).epochMillis());
        Path name = path.getFileName();
        CaptureFacts capture = new CaptureFacts(
                "cli",
                "file",
                Trigger.CLI,
                null,
                writtenAt,
                0,
                0,
                PauseSource.UNKNOWN,
                Files.size(path),
                name == null ? null : name.toString(),
                JvmFacts.UNKNOWN);
        return watched(request, terminal, watched -> HeapAnalyzer.analyze(path, capture, watched));
    }

    /** Asks a question of this dump. */
    <T> T inspect(Terminal terminal, Question<HeapInspector, T> question) throws IOException {
        return inspect(file.get(), AnalysisRequest.builder().threads(checked()), terminal, question);
    }

    /** Asks a question of this dump or export, open for exploring. */
    <T> T explore(Terminal terminal, Question<Heap, T> question) throws IOException {
        return watched(AnalysisRequest.builder().threads(checked()), terminal, watched -> {
            try (Heap heap = Heap.open(file.get(), watched)) {
                return question.ask(heap);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (IllegalStateException e) {
                throw new IOException(e.getMessage(), e); // the dump has no answer, as one without GC roots
            }
        });
    }

    static <T> T inspect(
            Path dump, AnalysisRequest.Builder request, Terminal terminal, Question<HeapInspector, T> question)
            throws IOException {
        return watched(request, terminal, watched -> question.ask(HeapInspector.of(dump, watched)));
    }

    /** The threads to read it with, once it is clear that it is no directory. */
    private int checked() throws IOException {
        int number = threads.orElse(Runtime.getRuntime().availableProcessors());
        checked(file.get());
        return number;
    }

    static void checked(Path dump) throws IOException {
        if (Files.isDirectory(dump)) {
            throw new IOException(dump + ": a directory, not a heap dump");
        }
    }

    /** Something to find out. */
    @FunctionalInterface
    interface Question<S, T> {
        T ask(S of) throws IOException;
    }

    /** With a progress line, and an end to it all on Ctrl-C. */
    private static <T> T watched(
            AnalysisRequest.Builder request, Terminal terminal, Question<AnalysisRequest, T> question)
            throws IOException {
        try (ProgressLine progress = new ProgressLine(terminal);
                Interruption interruption = Interruption.watch()) {
            return question.ask(request.progress(progress).cancel(interruption).build());
        }
    }
}
