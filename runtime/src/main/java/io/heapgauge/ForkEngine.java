/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.report.PauseSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/**
 * Takes the heap from a copy-on-write copy of the process: the application stands still while the process forks, and goes on
 * while the copy writes. For gauges whose VM {@link ForkSupport} approves.
 */
final class ForkEngine implements CaptureEngine {
    static final String NAME = "fork";

    private static final int SECONDS_FOR_A_DUMP = 3600;
    private static final int SECONDS_FOR_MEASURES = 300;

    private final ForkMemory memory;
    private final int processes;

    /** @param processes that share the objects of a dump, 1 to 64 */
    ForkEngine(ForkMemory memory, int processes) {
        this.memory = memory;
        this.processes = processes;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CaptureTimes capture(Path target, CaptureTask task) throws IOException {
        SnapshotRequest request = SnapshotRequest.dump(target, task, SECONDS_FOR_A_DUMP);
        Snapshot snapshot = take(request.by(processes), task.cancel(), task.progress());
        return new CaptureTimes(
                NAME, snapshot.nanos(), snapshot.taken().pauseNanos(), PauseSource.SAFEPOINT, task.leftOut() == null);
    }

    /**
     * Counts objects by class, garbage included, and measures roots.
     *
     * @param plan what to measure
     * @return the snapshot, whose message is the answer
     */
    Snapshot measure(SnapshotPlan plan, CancelSignal cancel) throws IOException {
        return take(SnapshotRequest.measures(plan, SECONDS_FOR_MEASURES), cancel, any -> {});
    }

    private Snapshot take(SnapshotRequest request, CancelSignal cancel, DoubleConsumer progress) throws IOException {
        String refusal = memory.refusal();
        if (refusal != null) {
            throw new Snapshot.NotForked(refusal);
        }
        return Snapshot.take(request, cancel, progress, memory::available);
    }
}
