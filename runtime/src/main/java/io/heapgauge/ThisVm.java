/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.JvmFacts;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/** What this VM says of itself in reports. */
final class ThisVm {
    private ThisVm() {}

    static JvmFacts facts() {
        String collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
        return new JvmFacts(
                System.getProperty("java.vm.name"),
                Runtime.version().toString(),
                collectors,
                ProcessHandle.current().pid());
    }
}
