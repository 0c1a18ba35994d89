/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RootSummary;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentOptionsTest {
    @TempDir
    Path directory;

    @Test
    void without_options_nothing_is_asked_for() {
        AgentOptions options = AgentOptions.parse("");
        assertThat(options.port()).isEqualTo(AgentOptions.NO_PORT);
        assertThat(options.delay()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void all_of_them_reach_the_gauge() {
        AgentOptions options = AgentOptions.parse("name=shop,roots=static:java.lang.Thread#NEW_THREAD_BINDINGS;"
                + "parsers=class:java.util.HashMap,every=15m,quickEvery=0s,signal=URG,engine=hotspot,level=owned,"
                + "snapshotProcesses=2,hugePages=true,"
                + "minimumInterval=0s,maximumPause=20s,port=0,delay=10ms,directory=" + directory.resolve("dumps"));
        assertThat(options.port()).isZero();
        assertThat(options.delay()).isEqualTo(Duration.ofMillis(10));
        try (HeapGauge gauge = options.builder().start()) {
            assertThat(gauge.name()).isEqualTo("shop");
            assertThat(gauge.directory().toString()).startsWith(directory.toString());
            HeapReport report = gauge.capture();
            assertThat(report.roots())
                    .extracting(RootSummary::name)
                    .containsExactly("Thread.NEW_THREAD_BINDINGS", "parsers");
            assertThat(report.analysis().level().id()).isEqualTo("owned");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            evry=15m                 | one of name, roots, every
            every                    | expected KEY=VALUE
            every=soon               | such as 500ms, 30s, 15m
            every=0s                 | every
            port=99999               | 0 to 65535
            port=http                | 0 to 65535
            snapshotProcesses=0      | 1 to 64
            hugePages=yes            | true or false
            engine=frok              | auto, fork, hotspot
            level=all                | types, owned, retained
            signal=KILL              | USR1
            roots=somewhere          | static:Class#field
            name=a b                 | A-Z a-z 0-9 _ -
            """)
    void a_bad_option_is_named_with_what_is_allowed(String text, String allowed) {
        assertThatThrownBy(() -> AgentOptions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(allowed);
    }
}
