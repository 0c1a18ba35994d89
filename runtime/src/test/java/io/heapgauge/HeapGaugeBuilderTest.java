/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapGaugeBuilderTest {
    @TempDir
    Path directory;

    private final HeapGaugeBuilder builder = HeapGauge.builder();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a/b", "a.b", "ä", "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void refusesANameThatCouldNotBePartOfAFileOrObjectName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.name(name))
                .withMessage(
                        "name '" + name + "' is not accepted: allowed is 1 to 64 of the characters A-Z a-z 0-9 _ -");
    }

    @Test
    void refusesAnIntervalBelowASecondOrAboveAYear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.every(Duration.ofMillis(999)))
                .withMessageContaining("every 'PT0.999S'")
                .withMessageContaining("PT1S to PT8784H");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.every(Duration.ofDays(367)));
    }

    @Test
    void refusesAnIntervalBelowTheMinimumIntervalWhicheverWasSetFirst() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.every(Duration.ofSeconds(5)).start())
                .withMessage("every 'PT5S' is not accepted: allowed is at least minimumInterval, which is PT10S");
    }

    @Test
    void refusesANegativeMinimumInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.minimumInterval(Duration.ofMillis(-1)))
                .withMessageContaining("minimumInterval 'PT-0.001S'");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.topTypes(0))
                .withMessage("topTypes '0' is not accepted: allowed is 1 to 1000");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.topTypes(1_001));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.reportTypes(0))
                .withMessageContaining("reportTypes '0'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.scratchBudget(1_000))
                .withMessage("scratchBudget '1000' is not accepted: allowed is at least 1048576");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUIT", "KILL", "USR2", "TERM", "INT", "HUP", "SEGV", "BUS", "PIPE", "PROF"})
    void refusesASignalThatTheVmOrTheApplicationNeedsAndSaysWhy(String signal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.signal(signal))
                .withMessageContaining("signal '" + signal + "'")
                .withMessageContaining("USR1")
                .withMessageContaining("because");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIGUSR1", "usr1", "NOSUCH", "USR1;", "10"})
    void refusesASignalThatDoesNotExist(String signal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.signal(signal))
                .withMessageContaining("signal '" + signal + "'")
                .withMessageContaining("USR1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb"})
    void refusesARootNameThatNobodyCouldRead(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.root(name, new Object()))
                .withMessageContaining("root '" + name + "'");
    }

    @Test
    void refusesTheSameRootNameTwice() {
        builder.root("sessions", new Object());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.root("sessions", RootSpec.thread("main")))
                .withMessage("root 'sessions' is not accepted: allowed is each root name once");
    }

    @Test
    void refusesAnExclusionForARootThatDoesNotExist() {
        builder.root("sessions", new Object()).exclude("session", "class:com.acme.User");
        assertThatIllegalArgumentException()
                .isThrownBy(builder::start)
                .withMessage("exclude 'session' is not accepted: allowed is a root given to this builder,"
                        + " one of [sessions]");
    }

    @Test
    void refusesAnExclusionThatNamesARootThatDoesNotExist() {
        builder.root("sessions", new Object()).exclude("sessions", new Exclusion.OfRoot("catalog"));
        assertThatIllegalArgumentException()
                .isThrownBy(builder::start)
                .withMessageContaining("exclude root:catalog 'catalog'");
    }

    @Test
    void refusesAnExclusionThatCannotBeRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.exclude("sessions", "klass:com.acme.User"))
                .withMessageContaining("klass:com.acme.User");
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> builder.name(null));
        assertThatNullPointerException().isThrownBy(() -> builder.root("sessions", (Object) null));
        assertThatNullPointerException().isThrownBy(() -> builder.listener(null));
        assertThatNullPointerException().isThrownBy(() -> builder.maxLevel(null));
    }

    @Test
    void takesASpecificationThatIsTypedAsAnObject() {
        Object spec = RootSpec.thread("main");
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .root("main", spec)
                .analysis((dump, capture, request) -> {
                    assertThat(request.roots())
                            .singleElement()
                            .satisfies(root -> assertThat(root.spec()).isEqualTo(spec));
                    return Reports.of(capture);
                })
                .start()) {
            assertThat(gauge.capture()).isNotNull();
        }
    }

    @Test
    void analysesToTheHighestLevelUnlessToldOtherwise() {
        assertThat(askedLevel(GaugeFixture.gauge(directory, Gate.open()))).isEqualTo(Level.RETAINED);
        assertThat(askedLevel(GaugeFixture.gauge(directory, Gate.open()).maxLevel(Level.OWNED)))
                .isEqualTo(Level.OWNED);
    }

    private static Level askedLevel(HeapGaugeBuilder options) {
        AtomicReference<Level> asked = new AtomicReference<>();
        try (HeapGauge gauge = options.analysis((dump, capture, request) -> {
                    asked.set(request.maxLevel());
                    return Reports.of(capture);
                })
                .start()) {
            gauge.capture();
        }
        return asked.get();
    }

    @Test
    void tellsItsSettings() {
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, Gate.open()).allowKeep(true).start()) {
            assertThat(gauge.name()).isEqualTo("test");
            assertThat(gauge.keepAllowed()).isTrue();
            assertThat(gauge.directory()).isEqualTo(directory.resolve("dumps"));
            assertThat(gauge.state()).isEqualTo(GaugeState.IDLE);
            assertThat(gauge.progress()).isZero();
            assertThat(gauge.phase()).isEmpty();
            assertThat(gauge.lastReport()).isEmpty();
            assertThat(gauge.lastFailure()).isEmpty();
        }
    }
}
