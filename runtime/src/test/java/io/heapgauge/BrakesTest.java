/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.MemoryFacts;
import io.heapgauge.analysis.report.MemoryReading;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BrakesTest {
    private static final long GIB = 1L << 30;
    private static final CaptureRequest FULL = CaptureRequest.of(Trigger.JMX);
    private static final CaptureRequest QUICK_ASKED = CaptureRequest.quick(Trigger.JMX);
    private static final CaptureRequest QUICK_UNASKED = CaptureRequest.quick(Trigger.INTERVAL);

    private long now = 1;
    private long used = GIB;
    private final Brakes brakes = new Brakes(
            new Settings.Limits(Duration.ofMinutes(1), 3, Duration.ofSeconds(10), Duration.ofMillis(600)),
            () -> now,
            () -> used,
            () -> "hotspot");

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void capture(CaptureRequest request) {
        assertThat(brakes.refusalOf(request)).isNull();
        brakes.began(request);
        pass(Duration.ofSeconds(5));
        brakes.ended(request, false);
    }

    private static CaptureFacts facts(String engine, long heapBytes, Duration pause, PauseSource source) {
        MemoryReading reading = new MemoryReading(heapBytes, heapBytes, null, null, null, null, null);
        return new CaptureFacts(
                "default",
                engine,
                Trigger.API,
                null,
                Instant.EPOCH,
                1,
                pause.toNanos(),
                source,
                1,
                null,
                JvmFacts.UNKNOWN,
                new MemoryFacts(reading, reading));
    }

    @Test
    void theLeastTimeIsBetweenCapturesOfOneMode() {
        capture(FULL);
        assertThat(brakes.refusalOf(FULL))
                .isEqualTo("refused: the last capture ended 0.000 s ago; wait 60.0 s, or lower"
                        + " HeapGaugeBuilder.minimumInterval, which is 60.0 s");
        capture(QUICK_ASKED);
        pass(Duration.ofSeconds(50));
        assertThat(brakes.refusalOf(QUICK_UNASKED)).contains("wait 10.0 s");
        assertThat(brakes.refusalOf(FULL)).contains("wait 5.0 s");
        pass(Duration.ofSeconds(5));
        assertThat(brakes.refusalOf(FULL)).isNull();
    }

    @Test
    void theDailyLimitIsOfTheLast24Hours() {
        for (int i = 0; i < 3; i++) {
            capture(FULL);
            pass(Duration.ofHours(1));
        }
        capture(QUICK_ASKED);
        assertThat(brakes.refusalOf(FULL))
                .isEqualTo("refused: 3 captures within 24 hours are the limit; wait 1259 minutes, or raise"
                        + " HeapGaugeBuilder.dailyLimit");
        pass(Duration.ofMinutes(1260));
        capture(FULL);
        pass(Duration.ofMinutes(2));
        assertThat(brakes.refusalOf(FULL)).contains("3 captures");
    }

    @Test
    void aPauseThatIsExpectedToBeTooLongIsRefusedBeforeTheFirstCapture() {
        used = 2 * GIB;
        assertThat(brakes.refusalOf(FULL)).isNull();
        used = 2 * GIB + GIB / 8;
        assertThat(brakes.refusalOf(FULL))
                .isEqualTo(
                        "refused: a pause of 10.6 s with 2176 MiB of heap in use, 5.0 s per GiB are assumed before the"
                                + " first, is to be expected; the maximum is 10.0 s, HeapGaugeBuilder.maximumPause raises it");
    }

    @Test
    void whatIsExpectedIsLearnedFromCapturesOfTheSameMode() {
        brakes.learn(facts("hotspot", GIB, Duration.ofSeconds(1), PauseSource.OBSERVED_GAP));
        used = 9 * GIB;
        assertThat(brakes.refusalOf(FULL)).isNull();
        assertThat(brakes.refusalOf(QUICK_UNASKED)).contains("a pause of 4.5 s").contains("quickMaximumPause");
        brakes.learn(facts(CaptureFacts.HISTOGRAM, GIB, Duration.ofMillis(60), PauseSource.OBSERVED_GAP));
        assertThat(brakes.refusalOf(QUICK_UNASKED)).isNull();
    }

    @Test
    void anUnknownPauseTeachesNothing() {
        brakes.learn(facts("file", GIB, Duration.ZERO, PauseSource.UNKNOWN));
        used = 3 * GIB;
        assertThat(brakes.refusalOf(FULL)).contains("are assumed before the first");
    }

    @Test
    void quickModeThatSomebodyAskedForIsNotRefusedForItsPause() {
        used = 64 * GIB;
        assertThat(brakes.refusalOf(QUICK_UNASKED)).isNotNull();
        assertThat(brakes.refusalOf(QUICK_ASKED)).isNull();
    }

    @Test
    void theSwitchIsSaidWithTheWayToTurnItOn() {
        assertThat(brakes.switchedOff()).isNull();
        brakes.enable(false);
        assertThat(brakes.isEnabled()).isFalse();
        assertThat(brakes.switchedOff()).contains("HeapGauge.setEnabled(true)").contains("Enabled");
        brakes.enable(true);
        assertThat(brakes.switchedOff()).isNull();
    }

    @Test
    void aSystemPropertySwitchesAllGaugesOff() {
        System.setProperty(Brakes.DISABLED, "true");
        try {
            assertThat(brakes.isEnabled()).isFalse();
            assertThat(brakes.switchedOff()).contains("system property heapgauge.disabled");
        } finally {
            System.clearProperty(Brakes.DISABLED);
        }
        assertThat(brakes.isEnabled()).isTrue();
    }
}
