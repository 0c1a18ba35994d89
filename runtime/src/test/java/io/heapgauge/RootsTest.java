/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RootsTest {
    private static Roots roots(Map<String, RootSource> sources) {
        return new Roots(sources, Map.of());
    }

    @Test
    void theEntriesHaveExactlyTheFieldsThatTheAnalysisReads() {
        assertThat(RootRegistry.Entry.class.getName()).isEqualTo("io.heapgauge.RootRegistry$Entry");
        assertThat(RootRegistry.Entry.class.getSuperclass()).isEqualTo(WeakReference.class);
        assertThat(Arrays.stream(RootRegistry.Entry.class.getDeclaredFields())
                        .filter(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers())))
                .extracting(Field::getName, Field::getType)
                .containsExactlyInAnyOrder(tuple("registryId", long.class), tuple("name", byte[].class));
    }

    @Test
    void anEntryHoldsIdNameAndObject() {
        Object object = new Object();
        Roots roots = roots(Map.of("größe", RootSource.weakly(object)));
        RootRegistry.Entry entry = roots.registry().entries().get("größe");
        assertThat(entry.registryId).isEqualTo(roots.registry().id()).isNotZero();
        assertThat(entry.name).isEqualTo("größe".getBytes(StandardCharsets.UTF_8));
        assertThat(entry.get()).isSameAs(object);
    }

    @Test
    void twoRegistriesHaveDifferentIds() {
        assertThat(new RootRegistry().id()).isNotEqualTo(new RootRegistry().id());
    }

    @Test
    void aRegisteredObjectMayBeCollected() {
        HeapGaugeBuilder builder = HeapGauge.builder();
        Object[] holder = {new byte[1_000]};
        builder.root("cache", holder[0]);
        Roots roots = roots(Map.of("cache", RootSource.weakly(holder[0])));
        RootRegistry.Entry entry = roots.registry().entries().get("cache");
        holder[0] = null;
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return entry.get() == null;
        });
        assertThat(roots.definitions()).extracting(RootDefinition::name).containsExactly("cache");
        Reference.reachabilityFence(builder);
    }

    @Test
    void definitionsComeInTheOrderOfTheirConfiguration() {
        Map<String, RootSource> sources = new LinkedHashMap<>();
        sources.put("z", RootSource.weakly(this));
        sources.put("a", new RootSource.Found(RootSpec.thread("main")));
        Roots roots = roots(sources);
        roots.register("m", this, List.of());
        assertThat(roots.definitions())
                .containsExactly(
                        new RootDefinition(
                                "z",
                                new RootSpec.Registered("z", roots.registry().id()),
                                List.of()),
                        new RootDefinition("a", RootSpec.thread("main"), List.of()),
                        new RootDefinition(
                                "m",
                                new RootSpec.Registered("m", roots.registry().id()),
                                List.of()));
    }

    @Test
    void aNameIsTakenOnce() {
        Roots roots = roots(Map.of("a", new RootSource.Found(RootSpec.thread("main"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> roots.register("a", this, List.of()))
                .withMessageContaining("root 'a'");
        assertThat(roots.unregister("a")).isTrue();
        roots.register("a", this, List.of());
        assertThat(roots.registry().entries()).containsOnlyKeys("a");
    }

    @Test
    void anUnregisteredEntryPointsNowhereEvenWhileItIsGarbage() {
        Roots roots = roots(Map.of("a", RootSource.weakly(this)));
        RootRegistry.Entry entry = roots.registry().entries().get("a");
        assertThat(roots.unregister("a")).isTrue();
        assertThat(roots.unregister("a")).isFalse();
        assertThat(entry.get()).isNull();
        assertThat(roots.definitions()).isEmpty();
    }

    @Test
    void closingClearsEveryEntry() {
        Roots roots = roots(Map.of("a", RootSource.weakly(this), "b", RootSource.weakly(this)));
        List<RootRegistry.Entry> entries =
                List.copyOf(roots.registry().entries().values());
        roots.close();
        assertThat(entries).hasSize(2).allMatch(entry -> entry.get() == null);
        assertThat(roots.registry().entries()).isEmpty();
    }

    @Test
    void anExclusionOfARootThatIsGoneHasNoEffect() {
        Exclusion rule = new Exclusion.OfRoot("b");
        Roots roots = new Roots(
                Map.of("a", RootSource.weakly(this), "b", RootSource.weakly(this)), Map.of("a", List.of(rule)));
        assertThat(roots.definitions())
                .filteredOn(root -> root.name().equals("a"))
                .singleElement()
                .satisfies(root -> assertThat(root.exclusions()).containsExactly(rule));
        roots.unregister("b");
        assertThat(roots.definitions())
                .singleElement()
                .satisfies(root -> assertThat(root.exclusions()).isEmpty());
    }

    @Test
    void aRootRegisteredLaterHasItsOwnExclusionsUntilItIsTakenOut() {
        Exclusion rule = new Exclusion.OfClass("com.acme.User");
        Roots roots = roots(Map.of());
        roots.register("late", this, List.of(rule));
        assertThat(roots.definitions())
                .singleElement()
                .satisfies(root -> assertThat(root.exclusions()).containsExactly(rule));
        roots.unregister("late");
        roots.register("late", this, List.of());
        assertThat(roots.definitions())
                .singleElement()
                .satisfies(root -> assertThat(root.exclusions()).isEmpty());
    }
}
