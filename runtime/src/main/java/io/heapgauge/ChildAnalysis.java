/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.child.ChildAnswer;
import io.heapgauge.analysis.child.ChildMain;
import io.heapgauge.analysis.child.ChildRequest;
import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Analyses in a JVM that is started for it, and stopped with it. What that JVM prints goes to a file beside the dump, and its
 * last lines into the message where it dies.
 */
final class ChildAnalysis implements AnalysisPort {
    private static final System.Logger LOG = System.getLogger(ChildAnalysis.class.getName());
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final long CANCEL_LOOK_NANOS = 50_000_000;
    private static final long END_SECONDS = 10;
    private static final int LAST_WORDS = 2_000;

    /** Agents and flags of the host are not the child's. */
    private static final List<String> NOT_INHERITED =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private final String gaugeName;
    private final ChildJvm settings;
    private final DumpDirectory directory;

    ChildAnalysis(String gaugeName, ChildJvm settings, DumpDirectory directory) {
        this.gaugeName = gaugeName;
        this.settings = settings;
        this.directory = directory;
    }

    @Override
    public HeapReport analyze(Path dump, CaptureFacts capture, AnalysisRequest request) throws IOException {
        Path own = directory.open();
        Path output = own.resolve("child-" + RandomNames.next() + ".log");
        Process child = start(own, output);
        Thread canceller = GaugeThreads.newDaemon(
                GaugeThreads.PREFIX + gaugeName + "-child", () -> endWhenCancelled(child, request));
        canceller.start();
        try {
            return converse(child, dump, capture, request, output);
        } finally {
            end(child);
            Waiting.forEndOf(canceller, END_SECONDS, TimeUnit.SECONDS);
            Files.deleteIfExists(output);
        }
    }

    private Process start(Path own, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        if (settings.nice() > 0 && Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", Integer.toString(settings.nice())));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (settings.heapBytes() >> 10) + "k",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + own.resolve("child-crash.log"),
                "-Djava.io.tmpdir=" + own,
                "-cp",
                ChildClassPath.of(own),
                ChildMain.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(own.toFile());
        NOT_INHERITED.forEach(builder.environment()::remove);
        return builder.redirectError(output.toFile()).start();
    }

    private HeapReport converse(Process child, Path dump, CaptureFacts capture, AnalysisRequest request, Path output)
            throws IOException {
        String phase = "starting";
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(child.getOutputStream()));
                DataInputStream in = new DataInputStream(new BufferedInputStream(child.getInputStream()))) {
            new ChildRequest(dump, capture.startedAt(), request).write(out);
            while (true) {
                ChildAnswer answer = ChildAnswer.read(in);
                if (answer instanceof ChildAnswer.Working working) {
                    phase = working.phase();
                    request.progress().at(phase, working.fraction());
                } else if (answer instanceof ChildAnswer.Done done) {
                    return done.report().with(capture);
                } else if (answer instanceof ChildAnswer.Failed failed) {
                    throw new ChildFailure(failed.message());
                }
            }
        } catch (ChildFailure e) {
            throw e;
        } catch (IOException e) {
            if (request.cancel().isCancelled()) {
                throw new AnalysisCancelledException(phase);
            }
            throw new IOException(died(child, phase, output, e), e);
        }
    }

    /** The child says itself what went wrong. */
    private static final class ChildFailure extends IOException {
        private static final long serialVersionUID = 1L;

        ChildFailure(String message) {
            super(message);
        }
    }

    private static String died(Process child, String phase, Path output, IOException e) throws IOException {
        String exit = Waiting.forExitOf(child, END_SECONDS, TimeUnit.SECONDS)
                ? "ended with exit code " + child.exitValue()
                : "does not answer any more (" + (e instanceof EOFException ? "end of its output" : e.getMessage())
                        + ")";
        String said = Files.exists(output)
                ? Files.readString(output, StandardCharsets.ISO_8859_1).strip()
                : "";
        String lastWords = said.substring(Math.max(0, said.length() - LAST_WORDS));
        return "the JVM of the analysis " + exit + " while " + phase
                + (lastWords.isEmpty() ? ": killed, for want of memory?" : ": " + lastWords);
    }

    private static void endWhenCancelled(Process child, AnalysisRequest request) {
        while (child.isAlive()) {
            if (request.cancel().isCancelled()) {
                child.destroyForcibly();
                return;
            }
            LockSupport.parkNanos(CANCEL_LOOK_NANOS);
        }
    }

    private static void end(Process child) {
        child.destroyForcibly();
        if (!Waiting.forExitOf(child, END_SECONDS, TimeUnit.SECONDS)) {
            LOG.log(System.Logger.Level.WARNING, "the JVM of an analysis, process {0}, does not end", child.pid());
        }
    }
}
