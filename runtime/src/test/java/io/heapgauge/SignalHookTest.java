/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SignalHookTest {
    private static final String NAME = "USR1";

    @TempDir
    Path directory;

    private final AtomicInteger before = new AtomicInteger();
    private SunSignal signal;
    private Object original;

    @BeforeEach
    void somebodyHandlesTheSignalAlready() throws Exception {
        signal = SunSignal.of(NAME);
        original = signal.handle(SunSignal.handler(before::incrementAndGet));
    }

    @AfterEach
    void putBack() throws Exception {
        signal.handle(original);
    }

    private static void awaitCount(AtomicInteger count, int expected) {
        await().atMost(Duration.ofSeconds(10)).untilAtomic(count, is(expected));
    }

    @Test
    void theProofAtTheStartDoesNotRunTheTask() throws Exception {
        AtomicInteger ours = new AtomicInteger();
        try (SignalHook hook = SignalHook.install(NAME, "test", ours::incrementAndGet)) {
            assertThat(hook).isNotNull();
            assertThat(ours).hasValue(0);
            signal.raise();
            awaitCount(ours, 1);
        }
        assertThat(before).hasValue(0);
    }

    @Test
    void closingPutsTheFormerHandlerBack() throws Exception {
        AtomicInteger ours = new AtomicInteger();
        SignalHook.install(NAME, "test", ours::incrementAndGet).close();
        signal.raise();
        awaitCount(before, 1);
        assertThat(ours).hasValue(0);
    }

    @Test
    void aHandlerThatCameAfterOursStays() throws Exception {
        AtomicInteger later = new AtomicInteger();
        try (SignalHook hook = SignalHook.install(NAME, "test", () -> {})) {
            assertThat(hook).isNotNull();
            signal.handle(SunSignal.handler(later::incrementAndGet));
        }
        signal.raise();
        awaitCount(later, 1);
        assertThat(before).hasValue(0);
    }

    @Test
    void aSignalHasOneOwner() {
        try (SignalHook first = SignalHook.install(NAME, "first", () -> {})) {
            assertThat(first).isNotNull();
            assertThat(SignalHook.install(NAME, "second", () -> {})).isNull();
        }
        try (SignalHook second = SignalHook.install(NAME, "second", () -> {})) {
            assertThat(second).isNotNull();
        }
    }

    @Test
    void aTaskThatThrowsDoesNotHurtTheNextDelivery() throws Exception {
        AtomicInteger ours = new AtomicInteger();
        try (SignalHook hook = SignalHook.install(NAME, "test", () -> {
            if (ours.incrementAndGet() == 1) {
                throw new OutOfMemoryError("once");
            }
        })) {
            assertThat(hook).isNotNull();
            signal.raise();
            awaitCount(ours, 1);
            signal.raise();
            awaitCount(ours, 2);
        }
    }

    @Test
    void aSignalTriggersACaptureAndAfterCloseReachesWhoHadItBefore() throws Exception {
        Heard heard = new Heard();
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .signal(NAME)
                .listener(heard)
                .start()) {
            assertThat(heard.events).containsExactly("start");
            signal.raise();
            await().atMost(Duration.ofSeconds(10)).until(() -> heard.events.contains("report"));
            assertThat(gauge.lastReport())
                    .hasValueSatisfying(report ->
                            assertThat(report.capture().trigger().id()).isEqualTo("signal"));
        }
        signal.raise();
        awaitCount(before, 1);
        assertThat(heard.events).containsOnlyOnce("report");
    }

    @Test
    void underXrsTheHookSaysThatItIsDeafAndTheSignalDoesNotEndTheProcess() throws Exception {
        Process deaf = ForkedJvm.start(Deaf.class, List.of("-Xrs"));
        String output = new String(deaf.getInputStream().readAllBytes());
        assertThat(deaf.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .contains("signal USR1 does not reach this VM", "-Xrs")
                .contains("still here: 0");
        assertThat(deaf.exitValue()).isZero();
    }

    /** Installs the hook, sends the signal from outside, and tells how often its task ran. */
    static final class Deaf {
        public static void main(String[] args) throws Exception {
            AtomicInteger ours = new AtomicInteger();
            try (SignalHook hook = SignalHook.install(NAME, "deaf", ours::incrementAndGet)) {
                new ProcessBuilder(
                                "kill",
                                "-" + NAME,
                                String.valueOf(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
                Thread.sleep(200);
                System.out.println("still here: " + ours.get() + (hook == null ? " and off" : ""));
            }
        }
    }
}
