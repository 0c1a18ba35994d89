/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Gauges whose surroundings a test controls. */
final class GaugeFixture {
    private GaugeFixture() {}

    /** Without discovery, minimum interval and real analysis. */
    static HeapGaugeBuilder gauge(Path directory, CaptureEngine engine) {
        return HeapGauge.builder()
                .name("test")
                .directory(directory.resolve("dumps"))
                .discoverListeners(false)
                .minimumInterval(Duration.ZERO)
                .redactKept(false)
                .freeSpaceFloor(0)
                .historySize(0)
                .engine(engine)
                .analysis((dump, capture, request) -> Reports.of(capture));
    }

    /** A dump directory that keeps dumps as they are. */
    static DumpDirectory dumps(@Nullable Path directory) {
        return new DumpDirectory(
                new Settings.Storage(directory, true, false, Retention.DEFAULT, 0, 0), (dump, copy, cancel) -> {
                    throw new AssertionError("nothing is to be redacted");
                });
    }
}
