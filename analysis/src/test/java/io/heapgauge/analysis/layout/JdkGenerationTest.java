/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JdkGenerationTest {
    private static final List<String> CLASS_OF_17 = List.of("name", "module", "classData", "componentType");
    private static final List<String> THREAD_OF_17 = List.of("name", "priority", "daemon", "eetop");
    private static final List<String> THREAD_OF_21 = List.of("eetop", "tid", "name", "holder");

    @Test
    void the_fields_of_class_and_thread_tell_the_generation() {
        assertThat(JdkGeneration.of(List.of("name", "module"), THREAD_OF_17)).isEqualTo(JdkGeneration.BEFORE_15);
        assertThat(JdkGeneration.of(CLASS_OF_17, THREAD_OF_17)).isEqualTo(JdkGeneration.SINCE_15);
        assertThat(JdkGeneration.of(CLASS_OF_17, THREAD_OF_21)).isEqualTo(JdkGeneration.SINCE_19);
        assertThat(JdkGeneration.of(List.of("classData", "protectionDomain"), THREAD_OF_21))
                .isEqualTo(JdkGeneration.SINCE_25);
        assertThat(JdkGeneration.of(List.of(), List.of())).isEqualTo(JdkGeneration.SINCE_15);
    }

    @Test
    void fields_that_a_later_jdk_declares_are_no_longer_injected() {
        assertThat(InjectedFields.of("java.lang.Class", CLASS_OF_17, JdkGeneration.SINCE_15)
                        .references())
                .isEqualTo(3);
        assertThat(InjectedFields.of("java.lang.Class", CLASS_OF_17, JdkGeneration.SINCE_19)
                        .references())
                .isEqualTo(4);
        assertThat(InjectedFields.of("java.lang.Class", Set.of("protectionDomain", "signers"), JdkGeneration.SINCE_25)
                        .references())
                .isEqualTo(2);
        assertThat(InjectedFields.of("com.acme.Thread", THREAD_OF_21, JdkGeneration.SINCE_25)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void what_is_padded_depends_on_the_generation() {
        assertThat(Contended.of("java.lang.Thread", JdkGeneration.SINCE_15).fields())
                .hasSize(3);
        assertThat(Contended.of("java.lang.Thread", JdkGeneration.SINCE_25).fields())
                .isEmpty();
        assertThat(Contended.of("java.util.concurrent.Exchanger$Slot", JdkGeneration.SINCE_25)
                        .wholeClass())
                .isTrue();
        assertThat(Contended.of("java.util.concurrent.atomic.Striped64$Cell", JdkGeneration.SINCE_19)
                        .wholeClass())
                .isTrue();
    }
}
