/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects and bytes by type: read from the text of {@code GC.class_histogram}, or from a report, with the same names.
 *
 * @param types by name as people write it; the numbers of hidden classes and proxies are cut off
 */
record VmHistogram(Map<String, Size> types) {
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
    private static final Pattern HIDDEN =
            Pattern.compile("(\\$\\$Lambda|\\$Proxy|LambdaForm\\$\\w+|\\$\\$InjectedInvoker)[\\w$]*([./+]\\S*)?");
    private static final Pattern HIDDEN_SUFFIX = Pattern.compile("[/+.]0x[0-9a-f]+|/hidden");
    /** What later JDKs call the arrays that fill gaps; earlier ones and every dump write them as {@code int[]}. */
    static final String FILLER_ARRAY = "jdk.internal.vm.FillerElement[]";

    private static final Map<Character, String> PRIMITIVES = Map.of(
            'Z', "boolean", 'C', "char", 'F', "float", 'D', "double", 'B', "byte", 'S', "short", 'I', "int", 'J',
            "long");

    static VmHistogram parse(String text) {
        Map<String, Size> types = new TreeMap<>();
        text.lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String name = canonical(javaName(row.group(3)));
                add(types, name, new Size(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))));
            }
        });
        return new VmHistogram(types);
    }

    static VmHistogram of(HeapReport report) {
        Map<String, Size> types = new TreeMap<>();
        for (TypeSummary type : report.types()) {
            add(types, canonical(type.type()), new Size(type.objects(), type.bytes()));
        }
        return new VmHistogram(types);
    }

    /** None yet; see {@link #add(String, Size)}. */
    static VmHistogram empty() {
        return new VmHistogram(new TreeMap<>());
    }

    /** Adds objects of a type by its name in a dump. */
    void add(String type, Size size) {
        if (size.objects() > 0) {
            add(types, canonical(type), size);
        }
    }

    Size of(String type) {
        return types.getOrDefault(type, Size.ZERO);
    }

    Size total() {
        return types.values().stream().reduce(Size.ZERO, VmHistogram::sum);
    }

    /** Names of the types with the most bytes. */
    List<String> largest(int count) {
        return types.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        (Map.Entry<String, Size> row) -> -row.getValue().bytes()))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void add(Map<String, Size> types, String name, Size size) {
        types.merge(name, size, VmHistogram::sum);
    }

    private static Size sum(Size a, Size b) {
        return new Size(a.objects() + b.objects(), a.bytes() + b.bytes());
    }

    static String canonical(String name) {
        if (name.equals(FILLER_ARRAY)) {
            return "int[]";
        }
        String visible = HIDDEN_SUFFIX.matcher(name).replaceAll("");
        return HIDDEN.matcher(visible).replaceAll("$1");
    }

    /** {@code [[Ljava.lang.String;} is {@code java.lang.String[][]}. */
    static String javaName(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0) {
            return name;
        }
        String element = name.substring(dimensions);
        String plain = element.startsWith("L")
                ? element.substring(1, element.length() - 1)
                : PRIMITIVES.get(element.charAt(0));
        return plain + "[]".repeat(dimensions);
    }
}
