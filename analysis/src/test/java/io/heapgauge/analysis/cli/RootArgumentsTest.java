/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootArgumentsTest {
    @Test
    void a_root_without_a_name_is_called_by_its_text() {
        assertThat(RootArguments.parse(List.of("class:com.acme.A"), List.of()))
                .containsExactly(new RootDefinition("class:com.acme.A", RootSpec.instancesOf("com.acme.A"), List.of()));
    }

    @Test
    void a_name_stands_before_an_equals_sign() {
        assertThat(RootArguments.parse(List.of("my cache=static:com.acme.A#ALL"), List.of()))
                .containsExactly(new RootDefinition("my cache", RootSpec.staticField("com.acme.A", "ALL"), List.of()));
    }

    @Test
    void an_equals_sign_in_a_threads_name_names_nothing() {
        assertThat(RootArguments.parse(List.of("thread:id=7", "t=thread:id=8"), List.of()))
                .containsExactly(
                        new RootDefinition("thread:id=7", RootSpec.thread("id=7"), List.of()),
                        new RootDefinition("t", RootSpec.thread("id=8"), List.of()));
    }

    @Test
    void an_exclusion_is_for_all_roots_or_for_the_one_it_names() {
        Exclusion everywhere = new Exclusion.OfPackage("org.slf4j");
        Exclusion once = new Exclusion.OfField("com.acme.User", "next");
        List<RootDefinition> roots = RootArguments.parse(
                List.of("a=class:A", "b=class:B"), List.of("package:org.slf4j", "b=field:com.acme.User#next"));
        assertThat(roots.get(0).exclusions()).containsExactly(everywhere);
        assertThat(roots.get(1).exclusions()).containsExactly(everywhere, once);
    }

    @Test
    void a_root_does_not_exclude_itself() {
        List<RootDefinition> roots = RootArguments.parse(List.of("a=class:A", "b=class:B"), List.of("root:a"));
        assertThat(roots.get(0).exclusions()).isEmpty();
        assertThat(roots.get(1).exclusions()).containsExactly(new Exclusion.OfRoot("a"));
    }

    @Test
    void mistakes_are_told() {
        assertRefused(List.of("Foo"), List.of(), "root 'Foo': expected static:Class#field");
        assertRefused(List.of("a=Foo"), List.of(), "root 'Foo': expected");
        assertRefused(List.of("a=class:A", "a=class:B"), List.of(), "two roots are called 'a'");
        assertRefused(List.of("a=class:A"), List.of("static:A#b"), "exclusion 'static:A#b': expected");
        assertRefused(List.of("a=class:A"), List.of("b=class:C"), "no root is called 'b'; there are a");
        assertRefused(List.of("a=class:A"), List.of("root:b"), "no root is called 'b'");
    }

    private static void assertRefused(List<String> roots, List<String> exclusions, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RootArguments.parse(roots, exclusions))
                .withMessageContaining(message);
    }
}
