/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.report.PauseSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** The dump that every HotSpot VM can write of itself; the application stands still while it is written. */
final class HotspotEngine implements CaptureEngine {
    static final String NAME = "hotspot";

    /** A dump of live objects only would force a full collection first. */
    private static final boolean LIVE_OBJECTS_ONLY = false;

    private final String gaugeName;

    HotspotEngine(String gaugeName) {
        this.gaugeName = gaugeName;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CaptureTimes capture(Path target, CaptureTask task) throws IOException {
        HotSpotDiagnosticMXBean hotspot = hotspot();
        try (PauseWatcher watcher = PauseWatcher.start(gaugeName)) {
            long start = System.nanoTime();
            hotspot.dumpHeap(target.toString(), LIVE_OBJECTS_ONLY);
            long nanos = System.nanoTime() - start;
            return new CaptureTimes(name(), nanos, watcher.stop(), PauseSource.OBSERVED_GAP);
        }
    }

    private static HotSpotDiagnosticMXBean hotspot() throws IOException {
        try {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (bean == null) {
                throw new IOException("this VM cannot dump its heap: it has no HotSpotDiagnosticMXBean");
            }
            return bean;
        } catch (LinkageError e) {
            throw new IOException("this VM cannot dump its heap: it runs without the module jdk.management", e);
        }
    }
}
