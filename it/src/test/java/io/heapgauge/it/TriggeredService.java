/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.CaptureException;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.it.demo.DemoApplication;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The demo service with callers of the API inside: {@code TriggeredService THREADS ARGUMENTS...}. */
final class TriggeredService {
    private static final AtomicLong ASKED = new AtomicLong();
    private static final AtomicLong REPORTS = new AtomicLong();
    private static final AtomicLong REFUSED = new AtomicLong();
    private static final AtomicLong OTHER = new AtomicLong();

    private TriggeredService() {}

    public static void main(String[] args) throws Exception {
        String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
        ConfigurableApplicationContext context = SpringApplication.run(DemoApplication.class, rest);
        HeapGauge gauge = context.getBean(HeapGauge.class);
        Thread[] callers = new Thread[Integer.parseInt(args[0])];
        boolean[] stop = {false};
        java.io.BufferedReader commands = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
        System.out.println("service ready");
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("go")) {
                for (int i = 0; i < callers.length; i++) {
                    callers[i] = new Thread(() -> ask(gauge, stop), "api-caller-" + i);
                    callers[i].start();
                }
            } else if (command.equals("stop")) {
                stop[0] = true;
                for (Thread caller : callers) {
                    caller.join();
                }
                long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
                System.out.println("api " + ASKED + " " + REPORTS + " " + REFUSED + " " + OTHER + " "
                        + (deadlocked == null ? 0 : deadlocked.length));
            }
        }
        context.close();
        System.out.println("closed");
    }

    private static void ask(HeapGauge gauge, boolean[] stop) {
        while (!stop[0]) {
            ASKED.incrementAndGet();
            try {
                gauge.capture(CaptureRequest.of(Trigger.API));
                REPORTS.incrementAndGet();
            } catch (CaptureException e) {
                (e.failure().outcome() == io.heapgauge.CaptureOutcome.REFUSED ? REFUSED : OTHER).incrementAndGet();
                if (e.failure().outcome() != io.heapgauge.CaptureOutcome.REFUSED) {
                    System.out.println("unexpected " + e.getMessage());
                }
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
