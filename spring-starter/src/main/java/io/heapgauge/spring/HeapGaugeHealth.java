/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import java.time.Instant;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells how the gauge fares. It is always up: an application whose heap cannot be measured serves as well as before, and must
 * not be taken out of service for it.
 */
public class HeapGaugeHealth implements HealthIndicator {
    private final HeapGauge gauge;

    /**
     * The health of a gauge.
     *
     * @param gauge the gauge, closed by its owner
     */
    public HeapGaugeHealth(HeapGauge gauge) {
        this.gauge = gauge;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up()
                .withDetail("gauge", gauge.name())
                .withDetail("state", gauge.state().name().toLowerCase(Locale.ROOT))
                .withDetail("enabled", gauge.isEnabled())
                .withDetail("engine", gauge.engine().name());
        gauge.latestReport()
                .map(report -> report.capture().startedAt())
                .map(Instant::toString)
                .ifPresent(at -> health.withDetail("lastReport", at));
        gauge.lastFailure()
                .ifPresent(failure -> health.withDetail(
                        "lastFailure", failure.at() + " " + failure.outcome().id() + ": " + failure.message()));
        return health.build();
    }
}
