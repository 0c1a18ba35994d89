/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.CaptureException;
import io.heapgauge.HeapGauge;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HeapGaugeHealthTest {
    @TempDir
    Path temporary;

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(HeapGaugeAutoConfiguration.class, HeapGaugeHealthAutoConfiguration.class))
                .withPropertyValues("heapgauge.directory=" + temporary.resolve("dumps"));
    }

    @Test
    void it_is_up_and_tells_of_the_last_report_and_of_the_last_failure() {
        application().withPropertyValues("heapgauge.minimum-interval=1h").run(context -> {
            HeapGauge gauge = context.getBean(HeapGauge.class);
            HeapGaugeHealth health = context.getBean(HeapGaugeHealth.class);
            assertThat(health.health().getDetails())
                    .containsEntry("state", "idle")
                    .doesNotContainKey("lastReport");
            gauge.capture();
            assertThat(health.health().getDetails()).containsKey("lastReport").doesNotContainKey("lastFailure");
            assertThatThrownBy(gauge::capture).isInstanceOf(CaptureException.class);
            Health after = health.health();
            assertThat(after.getStatus())
                    .as("an application serves without its gauge")
                    .isEqualTo(Status.UP);
            assertThat(after.getDetails().get("lastFailure").toString()).contains("refused");
        });
    }

    @Test
    void a_property_takes_it_out() {
        application()
                .withPropertyValues("management.health.heapgauge.enabled=false")
                .run(context -> assertThat(context.getBeansOfType(HeapGaugeHealth.class))
                        .isEmpty());
    }
}
