/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.CaptureException;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A service that captures and keeps again and again, and prints what it is doing: {@code CapturingService DIRECTORY
 * CAPTURES}. A thread beside it does the work of the service, and says at the end for how long it was held up at worst.
 */
final class CapturingService {
    private static final long TICK_NANOS = 1_000_000;

    private CapturingService() {}

    public static void main(String[] args) throws InterruptedException {
        HeapMaker.make(1, 50_000);
        try (HeapGauge gauge = HeapGauge.builder()
                .name("capturing")
                .directory(Path.of(args[0]))
                .allowKeep(true)
                .minimumInterval(Duration.ZERO)
                .dailyLimit(1_000_000)
                .quickEvery(null)
                .freeSpaceFloor(0)
                .cpuShare(0.5)
                .root("held", io.heapgauge.analysis.measure.RootSpec.parse("static:io.heapgauge.it.HeapMaker#HELD"))
                .start()) {
            gauge.quick(); // what was left behind is swept
            System.out.println("ready");
            tellPhases(gauge);
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                try {
                    String kept = gauge.capture(new CaptureRequest(Trigger.API, "round", true))
                            .capture()
                            .dumpName();
                    System.out.println("kept " + kept);
                } catch (CaptureException e) {
                    System.out.println("failure " + e.getMessage());
                }
            }
            System.out.println("done");
        }
    }

    private static void tellPhases(HeapGauge gauge) {
        Thread teller = new Thread(() -> {
            String told = "";
            while (true) {
                String phase = gauge.phase();
                if (!phase.equals(told)) {
                    System.out.println("phase " + phase);
                    told = phase;
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
        });
        teller.setDaemon(true);
        teller.start();
    }
}
