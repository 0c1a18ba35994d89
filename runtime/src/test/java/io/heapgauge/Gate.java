/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.heapgauge.analysis.report.PauseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** An engine that writes a few bytes and waits to be let through, so that a test decides when a capture ends. */
final class Gate implements CaptureEngine {
    private static final int ALL = 1_000;

    final AtomicInteger captures = new AtomicInteger();
    final Semaphore arrived = new Semaphore(0);
    private final Semaphore pass = new Semaphore(0);

    static Gate open() {
        Gate gate = new Gate();
        gate.letThrough();
        return gate;
    }

    static Gate closed() {
        return new Gate();
    }

    void letThrough() {
        pass.release(ALL);
    }

    void awaitArrival() throws InterruptedException {
        if (!arrived.tryAcquire(10, SECONDS)) {
            throw new AssertionError("no capture began within 10 s");
        }
    }

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public CaptureTimes capture(Path target, CaptureTask task) throws IOException {
        captures.incrementAndGet();
        Files.writeString(target, "not a dump");
        arrived.release();
        try {
            if (!pass.tryAcquire(20, SECONDS)) {
                throw new IOException("the test let nothing through within 20 s");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        return new CaptureTimes(name(), 2_000_000, 1_000_000, PauseSource.OBSERVED_GAP);
    }
}
