/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.heapgauge.analysis";

    /** Package below the root → packages below the root that it may use. */
    private static final Map<String, Set<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("monitor", Set.of()),
            Map.entry("layout", Set.of()),
            Map.entry("store", Set.of()),
            Map.entry("hprof", Set.of()),
            Map.entry("report", Set.of()),
            Map.entry("graph", Set.of("store", "monitor")),
            Map.entry("graph.view", Set.of("graph", "store", "monitor")),
            Map.entry("source", Set.of("hprof", "graph", "layout", "store", "monitor")),
            Map.entry("measure", Set.of("graph", "graph.view", "store", "monitor", "report")),
            Map.entry("jsonl", Set.of("graph", "store", "monitor")),
            Map.entry("redact", Set.of("hprof", "store", "monitor")),
            Map.entry("snapshot", Set.of("source", "graph", "measure", "report")),
            Map.entry("growth", Set.of("report"))));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packages_use_each_other_in_one_direction() {
        MAY_USE.forEach((name, used) -> {
            String[] allowed = Stream.concat(Stream.of(name), used.stream())
                    .map(ArchitectureTest::qualified)
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(qualified(name))
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(allowed)
                            .or(resideInAPackage("io.heapgauge..").negate()))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        });
    }

    @Test
    void every_package_has_its_place_in_the_table() {
        Set<String> known = new TreeSet<>(List.of(ROOT, qualified("cli"), qualified("child"), qualified("explore")));
        MAY_USE.keySet().forEach(name -> known.add(qualified(name)));
        assertThat(CLASSES.stream().map(JavaClass::getPackageName)).isSubsetOf(known);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobody_uses_the_command_line_or_knows_its_library() {
        noClasses()
                .that()
                .resideOutsideOfPackage(qualified("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(qualified("cli"), "picocli..")
                .check(CLASSES);
    }

    /** Reading them took as long as all the rest of a command's start. */
    @Test
    void the_command_line_is_told_to_its_library_in_code_not_in_annotations() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("picocli..").and(describe("are annotations", JavaClass::isAnnotation)))
                .check(CLASSES);
    }

    @Test
    void analysis_knows_no_running_vm() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.management..", "javax.management..", "com.sun.management..", "jdk.jfr..")
                .check(CLASSES);
    }

    @Test
    void json_is_the_matter_of_reports_and_of_json_lines() {
        noClasses()
                .that()
                .resideOutsideOfPackages(qualified("report"), qualified("jsonl"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void no_public_signature_shows_a_type_of_jackson_or_agrona() {
        List<String> shown = new ArrayList<>();
        for (JavaClass owner : CLASSES) {
            if (owner.getModifiers().contains(JavaModifier.PUBLIC)) {
                owner.getCodeUnits().stream()
                        .filter(ArchitectureTest::isApi)
                        .filter(unit -> Stream.concat(
                                        Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                                .anyMatch(ArchitectureTest::isForeign))
                        .forEach(unit -> shown.add(unit.getFullName()));
                owner.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(field -> isForeign(field.getRawType()))
                        .forEach(field -> shown.add(field.getFullName()));
            }
        }
        assertThat(shown).isEmpty();
    }

    @Test
    void only_programs_write_to_the_console_or_end_the_vm() {
        noClasses()
                .that()
                .resideOutsideOfPackages(qualified("cli"), qualified("child"))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CLASSES);
    }

    private static boolean isApi(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean isForeign(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith("tools.jackson") || name.startsWith("org.agrona");
    }

    private static String qualified(String name) {
        return ROOT + "." + name;
    }
}
