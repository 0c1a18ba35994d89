/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.measure.Exclusion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how a heap is looked at. */
final class HeapView {
    private static final String OBJECT = "object:";
    private static final String TYPES = "types:";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--collapse",
            description =
                    "Fold private parts into the one object that owns them: a map with its table and nodes, a string"
                            + " with its bytes; of Python, an instance with its __dict__.")
    private boolean collapse;

    @Option(
            names = "--all-edges",
            description = "Follow every reference: those from objects to classes, between classes and loaders, and weak"
                    + " ones too.")
    private boolean allEdges;

    @Option(
            names = "--cheap-edges",
            description =
                    "In a dump of Python leave the references out that make everything reach everything: to modules,"
                            + " frames and types, and of functions to their globals.")
    private boolean cheapEdges;

    @Option(
            names = "--exclude",
            paramLabel = "EXCLUSION",
            description =
                    "What is not entered: class:com.acme.X, types:com.acme.*, package:com.acme, field:com.acme.X#f or"
                            + " object:0x7f00a0. Can be given several times.")
    private List<String> exclusions = new ArrayList<>();

    Heap of(Heap heap) {
        Heap view = collapse ? heap.collapsed() : heap;
        view = allEdges ? view.with() : view;
        view = cheapEdges ? view.withoutExpensiveReferences() : view;
        for (String text : exclusions) {
            try {
                view = excluding(view, text);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
        return view;
    }

    private static Heap excluding(Heap view, String text) {
        if (text.startsWith(OBJECT)) {
            HeapObject object = view.at(Address.parse(text.substring(OBJECT.length())));
            if (object.isMissing()) {
                throw new IllegalArgumentException("exclusion '" + text + "': the dump has no such object");
            }
            return view.excluding(object);
        }
        if (text.startsWith(TYPES)) {
            return view.excludingTypes(text.substring(TYPES.length()));
        }
        Exclusion exclusion = Exclusion.parse(text);
        if (exclusion instanceof Exclusion.OfClass one) {
            return view.excludingTypes(one.className());
        }
        if (exclusion instanceof Exclusion.OfPackage some) {
            return view.excludingPackages(some.packageName());
        }
        if (exclusion instanceof Exclusion.OfField field) {
            return view.excludingFields(field.className() + "#" + field.field());
        }
        throw new IllegalArgumentException("exclusion '" + text
                + "': there are no configured roots here; expected class:, types:, package:, field: or object:");
    }
}
