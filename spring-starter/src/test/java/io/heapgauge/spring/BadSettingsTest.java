/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a person reads who has set something wrong: the start fails, and says which property, which value, and what is allowed. */
class BadSettingsTest {
    @TempDir
    Path temporary;

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            heapgauge.name                     | a/b                   | A-Z a-z 0-9 _ -
            heapgauge.name                     | a name with spaces    | A-Z a-z 0-9 _ -
            heapgauge.every                    | soon                  | Duration
            heapgauge.every                    | 0s                    | PT1S to
            heapgauge.every                    | -5m                   | PT1S to
            heapgauge.quick-every              | -1s                   | PT1S to
            heapgauge.minimum-interval         | -1s                   | PT0S to
            heapgauge.daily-limit              | -1                    | 1
            heapgauge.daily-limit              | many                  | int
            heapgauge.maximum-pause            | 0s                    | PT0.001S to
            heapgauge.quick-maximum-pause      | 0s                    | PT0.001S to
            heapgauge.engine                   | frok                  | AUTO
            heapgauge.signal                   | SIGKILL               | without SIG
            heapgauge.signal                   | KILL                  | USR1
            heapgauge.signal                   | NOPE                  | USR1
            heapgauge.memory-pressure.threshold| 1.5                   | below 1
            heapgauge.memory-pressure.threshold| full                  | Double
            heapgauge.kept.count               | -1                    | 1 to
            heapgauge.kept.size                | huge                  | DataSize
            heapgauge.kept.age                 | -1s                   | PT
            heapgauge.memory-pressure.lasting  | -1s                   | PT
            heapgauge.analysis.child-heap      | 1KB                   | at least
            heapgauge.free-space-floor         | -1MB                  | 0
            heapgauge.history-size             | -1                    | 0
            heapgauge.history-size             | 1000000               | to
            heapgauge.top-types                | 0                     | 1
            heapgauge.report-types             | 0                     | 1
            heapgauge.max-level                | everything            | RETAINED
            heapgauge.scratch-budget           | -1MB                  | 0
            heapgauge.analysis.mode            | elsewhere             | IN_PROCESS
            heapgauge.snapshot-processes       | 65                    | snapshotProcesses
            heapgauge.analysis.cpu-share       | 0                     | 0
            heapgauge.analysis.timeout         | 0s                    | PT1S to
            heapgauge.analysis.child-nice      | 20                    | 19
            heapgauge.evry                     | 15m                   | did you mean heapgauge.every?
            heapgauge.roots[0].been            | sessionCache          | did you mean heapgauge.roots[n].bean?
            heapgauge.analysis.cpushar         | 0.1                   | did you mean heapgauge.analysis.cpu-share?
            heapgauge.roots[0].bean            | nobody                | no bean of this name
            heapgauge.roots[0].bean-type       | com.acme.Nothing      | com.acme.Nothing
            heapgauge.roots[0].bean-type       | java.lang.Comparable  | choose by 'bean': one, two
            heapgauge.roots[0].spec            | somewhere             | static:Class#field
            """)
    void a_bad_setting_stops_the_start_and_says_how_to_mend_it(String property, String value, String allowed) {
        RecordedFailure.last = null;
        List<String> settings = property.endsWith(".spec")
                ? List.of("--heapgauge.roots[0].name=x", "--" + property + "=" + value)
                : List.of("--" + property + "=" + value);
        assertThatThrownBy(() -> new SpringApplicationBuilder(Service.class)
                        .web(WebApplicationType.NONE)
                        .properties("heapgauge.directory=" + temporary.resolve("dumps"))
                        .run(settings.toArray(String[]::new))
                        .close())
                .isNotNull();
        FailureAnalysis told = RecordedFailure.last;
        assertThat(told).as("an analysis instead of a stack trace").isNotNull();
        assertThat(told.getDescription() + "\n" + told.getAction())
                .contains(property)
                .contains(value)
                .contains(allowed);
        assertThat(told.getAction()).isNotBlank();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({HeapGaugeCacheAutoConfiguration.class, HeapGaugeAutoConfiguration.class})
    static class Service {
        @Bean
        Integer one() {
            return 1;
        }

        @Bean
        String two() {
            return "2";
        }
    }
}
