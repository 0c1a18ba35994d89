/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.PauseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hands out a broken file as its first capture, as a VM on a failing disk might, and sound dumps from then on. */
public final class BrokenFirstEngine implements CaptureEngine {
    private final Path broken;
    private final CaptureEngine sound = new HotspotEngine("sound");
    private boolean used;

    private BrokenFirstEngine(Path broken) {
        this.broken = broken;
    }

    /** Gives the builder such an engine. */
    public static HeapGaugeBuilder use(HeapGaugeBuilder builder, Path broken) {
        return builder.engine(new BrokenFirstEngine(broken));
    }

    @Override
    public String name() {
        return "broken-first";
    }

    @Override
    public CaptureTimes capture(Path target, CaptureTask task) throws IOException {
        if (used) {
            return sound.capture(target, task);
        }
        used = true;
        Files.copy(broken, target);
        return new CaptureTimes(name(), 1_000_000, 0, PauseSource.UNKNOWN);
    }
}
