/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.nio.file.Path;
import java.time.Duration;

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
                .engine(engine)
                .analysis((dump, capture, request) -> Reports.of(capture));
    }
}
