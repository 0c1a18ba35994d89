/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.EngineChoice;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.ReportJson;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Makes a heap and, with it lying still, takes a class histogram, a capture and another histogram:
 * {@code HistogramProgram DIRECTORY OBJECTS SEED}.
 */
final class HistogramProgram {
    // held, so that they are in the capture as well as in the histogram of a VM that counts only what is reached
    private static final Object[] ARGUMENTS = {new String[] {"-all"}};
    private static final String[] SIGNATURE = {String[].class.getName()};
    private static final int MOST_ROUNDS = 20;
    private static final ObjectName DIAGNOSTICS = diagnostics();

    private HistogramProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        HeapMaker.make(Long.parseLong(args[2]), Long.parseLong(args[1]));
        try (HeapGauge gauge = HeapGauge.builder()
                // the VM counts what fills the unused ends of its allocation buffers, and so does its own dump
                .engine(EngineChoice.HOTSPOT)
                .directory(directory.resolve("dumps"))
                .reportTypes(100_000)
                .scratchBudget(8L << 30)
                .minimumInterval(Duration.ZERO)
                .discoverListeners(false)
                .start()) {
            // the first round loads the classes that measuring needs
            histogram();
            gauge.capture();
            Undisturbed.run(MOST_ROUNDS, () -> {
                String before = histogram();
                HeapReport report = gauge.capture();
                String after = histogram();
                Files.writeString(directory.resolve("before.txt"), before);
                Files.writeString(directory.resolve("report.json"), ReportJson.toJson(report));
                Files.writeString(directory.resolve("after.txt"), after);
            });
        }
    }

    private static ObjectName diagnostics() {
        try {
            return new ObjectName("com.sun.management:type=DiagnosticCommand");
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The VM's class histogram, garbage included, no collection forced. */
    static String histogram() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(DIAGNOSTICS, "gcClassHistogram", ARGUMENTS, SIGNATURE);
    }
}
