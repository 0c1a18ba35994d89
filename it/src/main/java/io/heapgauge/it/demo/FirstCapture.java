/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.Trigger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks for the first report soon after the start, so that nobody has to wait for the interval. */
@Component
public class FirstCapture {
    private final HeapGauge gauge;
    private final Duration delay;

    /**
     * A plan for one capture.
     *
     * @param gauge the auto-configured gauge
     * @param delay time from the start to the capture
     */
    public FirstCapture(HeapGauge gauge, @Value("${demo.first-capture-after}") Duration delay) {
        this.gauge = gauge;
        this.delay = delay;
    }

    /** Called by Spring once the service answers requests. */
    @EventListener(ApplicationReadyEvent.class)
    public void onReady() {
        System.out.println("First capture in " + delay.toSeconds() + " s.");
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> gauge.captureAsync(CaptureRequest.of(Trigger.API)));
    }
}
