/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RootSummary;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service with a leak: {@code LeakingService leak DIRECTORY} runs until it is out of memory, {@code LeakingService look
 * DIRECTORY SECONDS} tells what its gauge has found of the life before.
 */
final class LeakingService {
    private static final List<Order> ORDERS = new ArrayList<>();

    private LeakingService() {}

    private record Order(long number, byte[] document) {}

    public static void main(String[] args) throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (HeapGauge gauge = HeapGauge.builder()
                .name("leaking")
                .directory(Path.of(args[1]))
                .meterRegistry(registry)
                .quickEvery(null)
                .freeSpaceFloor(0)
                .root("orders", ORDERS)
                .start()) {
            if (args[0].equals("leak")) {
                gauge.quick(); // its look at what lies in the directory is over
                System.out.println("leaking");
                leak();
            } else {
                look(gauge, registry, Long.parseLong(args[2]));
            }
        }
    }

    private static void leak() {
        for (long number = 0; ; number++) {
            ORDERS.add(new Order(number, new byte[100]));
        }
    }

    private static void look(HeapGauge gauge, SimpleMeterRegistry registry, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        // the metrics are told last
        while (registry.find("heapgauge.captures").counter() == null && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        gauge.lastFailure().ifPresent(failure -> System.out.println("failure " + failure.message()));
        if (gauge.lastReport().isEmpty()) {
            System.out.println("no report");
            return;
        }
        HeapReport report = gauge.lastReport().get();
        RootSummary orders = report.root("orders").orElseThrow();
        System.out.println("trigger " + report.capture().trigger().id());
        System.out.println(
                "types " + report.topTypes(3).stream().map(type -> type.type()).toList());
        System.out.println("heap " + report.totals().all().bytes());
        System.out.println(
                "owned " + (orders.owned() == null ? 0 : orders.owned().total().bytes()));
        System.out.println("kept " + report.capture().dumpName());
        Counter counted = registry.find("heapgauge.captures")
                .tags("trigger", "oom", "outcome", "success")
                .counter();
        System.out.println("counted " + (counted == null ? 0 : counted.count()));
    }
}
