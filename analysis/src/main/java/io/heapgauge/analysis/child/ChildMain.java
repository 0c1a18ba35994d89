/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.child;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Trigger;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * The program of the other JVM: reads a {@link ChildRequest} from standard input and writes {@link ChildAnswer}s to standard
 * output. It ends when its standard input does, as it does when the parent dies.
 */
public final class ChildMain {
    private static final long TELL_NANOS = 200_000_000;

    private ChildMain() {}

    /**
     * Answers one request.
     *
     * @param args none
     * @throws IOException if the parent is gone
     */
    public static void main(String[] args) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err); // nothing else may come in between
        try {
            ChildRequest request = ChildRequest.read(new DataInputStream(System.in));
            endWith(System.in);
            answer(request, out).write(out);
        } catch (OutOfMemoryError e) {
            new ChildAnswer.Failed("the JVM of the analysis ran out of memory (" + e.getMessage()
                            + "); give it a larger heap by HeapGaugeBuilder.analyzeInChildJvm")
                    .write(out);
        } catch (Throwable e) { // the parent tells it
            new ChildAnswer.Failed(e.getMessage() == null || !(e instanceof Exception) ? e.toString() : e.getMessage())
                    .write(out);
        }
    }

    private static ChildAnswer answer(ChildRequest request, DataOutputStream out) throws IOException {
        AnalysisRequest wanted = request.wanted();
        long[] told = {System.nanoTime() - TELL_NANOS};
        String[] phaseTold = {""};
        Progress progress = (phase, fraction) -> {
            long now = System.nanoTime();
            if (now - told[0] >= TELL_NANOS || !phase.equals(phaseTold[0])) {
                told[0] = now;
                phaseTold[0] = phase;
                tell(new ChildAnswer.Working(phase, fraction), out);
            }
        };
        return new ChildAnswer.Done(
                HeapAnalyzer.analyze(request.dump(), capture(request.capturedAt()), wanted.with(progress)));
    }

    /** All else of the capture the parent knows better. */
    private static CaptureFacts capture(Instant at) {
        return new CaptureFacts(
                "child", "file", Trigger.API, null, at, 0, 0, PauseSource.UNKNOWN, 0, null, JvmFacts.UNKNOWN);
    }

    private static void tell(ChildAnswer answer, DataOutputStream out) {
        try {
            answer.write(out);
        } catch (IOException e) {
            Runtime.getRuntime().halt(1); // nobody listens any more
        }
    }

    private static void endWith(InputStream parent) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (parent.read() >= 0) {
                            Thread.onSpinWait();
                        }
                    } catch (IOException e) {
                        System.err.println("the parent is gone: " + e);
                    }
                    Runtime.getRuntime().halt(2);
                },
                "heapgauge-parent");
        watch.setDaemon(true);
        watch.start();
    }
}
