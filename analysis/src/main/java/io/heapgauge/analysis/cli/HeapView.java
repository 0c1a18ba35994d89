/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.measure.Exclusion;
import java.util.List;

/** The options that say how a heap is looked at. */
final class HeapView {
    private static final String OBJECT = "object:";
    private static final String TYPES = "types:";

    private final Syntax syntax;
    private final Value<Boolean> collapse;
    private final Value<Boolean> allEdges;
    private final Value<Boolean> cheapEdges;
    private final Value<List<String>> exclusions;

    HeapView(Syntax syntax) {
        this.syntax = syntax;
        collapse = syntax.flag(
                "--collapse",
                "Fold private parts into the one object that owns them: a map with its table and nodes, a string"
                        + " with its bytes; of Python, an instance with its __dict__.");
        allEdges = syntax.flag(
                "--all-edges",
                "Follow every reference: those from objects to classes, between classes and loaders, and weak"
                        + " ones too.");
        cheapEdges = syntax.flag(
                "--cheap-edges",
                "In a dump of Python leave the references out that make everything reach everything: to modules,"
                        + " frames and types, and of functions to their globals.");
        exclusions = syntax.repeatable(
                "--exclude",
                "EXCLUSION",
                "What is not entered: class:com.acme.X, types:com.acme.*, package:com.acme, field:com.acme.X#f or"
                        + " object:0x7f00a0. Can be given several times.");
    }

    Heap of(Heap heap) {
        Heap view = collapse.get() ? heap.collapsed() : heap;
        view = allEdges.get() ? view.with() : view;
        view = cheapEdges.get() ? view.withoutExpensiveReferences() : view;
        for (String text : exclusions.get()) {
            try {
                view = excluding(view, text);
            } catch (IllegalArgumentException e) {
                throw syntax.wrong(e);
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
