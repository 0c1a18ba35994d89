/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.PauseSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What forbids a capture: the switch, the least time between two, the most within a day, and the longest pause that may be
 * expected. Safe for use by several threads.
 */
final class Brakes {
    /** System property that switches off every gauge of the VM while it is {@code true}. */
    static final String DISABLED = "heapgauge.disabled";

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private final Settings.Limits limits;
    private final LongSupplier clock;
    private final LongSupplier usedHeap;
    private final Map<String, PauseForecast> pauses = new HashMap<>();
    private final Supplier<String> engine;
    private final Deque<Long> beganToday = new ArrayDeque<>();
    private @Nullable Long fullEnded;
    private @Nullable Long quickEnded;
    private @Nullable Long measureEnded;
    private boolean enabled = true;

    /**
     * For a gauge.
     *
     * @param limits what to hold
     * @param engine name of the engine that will take the next full capture; empty while it is not known
     */
    Brakes(Settings.Limits limits, Supplier<String> engine) {
        this(limits, System::nanoTime, MemoryReader::usedHeapBytes, engine);
    }

    /**
     * With another clock, for tests.
     *
     * @param limits what to hold
     * @param clock nanoseconds that only go forward
     * @param usedHeap bytes in use at the moment
     * @param engine name of the engine of full captures
     */
    Brakes(Settings.Limits limits, LongSupplier clock, LongSupplier usedHeap, Supplier<String> engine) {
        this.engine = engine;
        this.limits = limits;
        this.clock = clock;
        this.usedHeap = usedHeap;
    }

    synchronized void enable(boolean value) {
        enabled = value;
    }

    synchronized boolean isEnabled() {
        return enabled && !Boolean.getBoolean(DISABLED);
    }

    /** Why nothing may be captured at all, or null. */
    synchronized @Nullable String switchedOff() {
        if (enabled) {
            return Boolean.getBoolean(DISABLED)
                    ? "refused: captures are switched off for this VM by the system property " + DISABLED
                    : null;
        }
        return "refused: captures of this gauge are switched off; HeapGauge.setEnabled(true) or the MXBean's attribute"
                + " Enabled switches them on";
    }

    /** Why a new capture may not begin now, or null. */
    synchronized @Nullable String refusalOf(CaptureRequest request) {
        String tooSoon = tooSoon(request.mode() == CaptureMode.FULL ? fullEnded : quickEnded);
        if (tooSoon != null) {
            return tooSoon;
        }
        return request.mode() == CaptureMode.FULL ? refusalOfFull() : refusalOfQuick(request);
    }

    /** Why an object may not be measured now, or null: where snapshots do that, captures have no part in it. */
    synchronized @Nullable String refusalOfMeasure(CaptureRequest request) {
        String tooSoon = tooSoon(measureEnded);
        return tooSoon == null && !bySnapshot() ? refusalOf(request) : tooSoon;
    }

    private boolean bySnapshot() {
        return engine.get().equals(ForkEngine.NAME);
    }

    private @Nullable String tooSoon(@Nullable Long ended) {
        if (ended == null) {
            return null;
        }
        Duration since = Duration.ofNanos(clock.getAsLong() - ended);
        Duration wait = limits.minimumInterval().minus(since);
        if (wait.isNegative() || wait.isZero()) {
            return null;
        }
        return "refused: the last capture ended " + Texts.seconds(since) + " ago; wait " + Texts.seconds(wait)
                + ", or lower HeapGaugeBuilder.minimumInterval, which is " + Texts.seconds(limits.minimumInterval());
    }

    private @Nullable String refusalOfFull() {
        forgetYesterday();
        if (beganToday.size() >= limits.dailyLimit()) {
            Duration wait = Duration.ofNanos(DAY_NANOS - (clock.getAsLong() - beganToday.getFirst()));
            return "refused: " + beganToday.size() + " captures within 24 hours are the limit; wait " + wait.toMinutes()
                    + " minutes, or raise HeapGaugeBuilder.dailyLimit";
        }
        return refusalOfPause(engine.get());
    }

    /** Why the pause of a full capture by an engine is too long, or null. */
    synchronized @Nullable String refusalOfPause(String engineName) {
        return tooLong(pause(engineName), limits.maximumPause(), "maximumPause");
    }

    private PauseForecast pause(String engineName) {
        return pauses.computeIfAbsent(engineName, name -> new PauseForecast(assumedPerGib(name)));
    }

    /** What is expected as long as nothing was learned: measured figures, rounded up. */
    private static Duration assumedPerGib(String engineName) {
        return switch (engineName) {
            case ForkEngine.NAME, CaptureFacts.FORK_HISTOGRAM -> Duration.ofMillis(150);
            case CaptureFacts.HISTOGRAM -> Duration.ofMillis(500);
            default -> Duration.ofSeconds(5);
        };
    }

    private @Nullable String refusalOfQuick(CaptureRequest request) {
        String quickEngine = bySnapshot() ? CaptureFacts.FORK_HISTOGRAM : CaptureFacts.HISTOGRAM;
        return request.isUnasked()
                ? tooLong(pause(quickEngine), limits.quickMaximumPause(), "quickMaximumPause")
                : null;
    }

    private @Nullable String tooLong(PauseForecast pause, Duration maximum, String setting) {
        long used = usedHeap.getAsLong();
        if (pause.expected(used).compareTo(maximum) <= 0) {
            return null;
        }
        return "refused: a pause of " + pause.explained(used) + ", is to be expected; the maximum is "
                + Texts.seconds(maximum) + ", HeapGaugeBuilder." + setting + " raises it";
    }

    private void forgetYesterday() {
        long now = clock.getAsLong();
        while (!beganToday.isEmpty() && now - beganToday.getFirst() >= DAY_NANOS) {
            beganToday.removeFirst();
        }
    }

    /** The application is about to be paused. */
    synchronized void began(CaptureRequest request) {
        if (request.mode() == CaptureMode.FULL) {
            beganToday.addLast(clock.getAsLong());
        }
    }

    /**
     * A capture that had begun has ended, well or not.
     *
     * @param ofObject whether it measured an object that somebody asked for
     */
    synchronized void ended(CaptureRequest request, boolean ofObject) {
        long now = clock.getAsLong();
        if (ofObject) {
            measureEnded = now;
        }
        if (request.mode() == CaptureMode.QUICK) {
            quickEnded = now;
        } else if (!ofObject || !bySnapshot()) {
            fullEnded = now;
        }
    }

    /** A capture tells how long its pause was, one just taken or one of an earlier run of the service. */
    synchronized void learn(CaptureFacts capture) {
        if (capture.memory() != null && capture.pauseSource() != PauseSource.UNKNOWN) {
            pause(capture.engine()).learn(capture.memory().before().heapUsedBytes(), capture.pauseNanos());
        }
    }
}
