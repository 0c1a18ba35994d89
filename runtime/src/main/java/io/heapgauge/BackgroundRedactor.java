/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.monitor.Pace;
import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.redact.HprofRedactor;
import io.heapgauge.analysis.redact.RedactionRules;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Redacts as the analysis works: on a thread that gives way, at a share of a processor.
 *
 * @param gauge the gauge's name
 * @param cpuShare share of one processor
 */
record BackgroundRedactor(String gauge, double cpuShare) implements Redactor {
    @Override
    public void redact(Path dump, Path copy, CancelSignal cancel) throws IOException {
        BackgroundThread.run(
                GaugeThreads.PREFIX + gauge + "-redaction",
                () -> HprofRedactor.redact(
                        dump,
                        copy,
                        RedactionRules.standard(),
                        new Monitor(Progress.NONE, cancel, Pace.ofShare(cpuShare))));
    }
}
