/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import java.util.regex.Pattern;

/** Class names as people write them, from the VM's internal form. */
final class ClassNames {
    /** Hidden classes end in their address: {@code Foo$$Lambda/0x0000000800c03000}. */
    private static final Pattern HIDDEN = Pattern.compile("/0x[0-9a-f]+");

    /** Numbers that a run of the program hands out: lambdas before JDK 21, proxies, reflection accessors. */
    private static final Pattern NUMBERED = Pattern.compile(
            "(\\$\\$Lambda)\\$\\d+|(\\$Proxy)\\d+|(Generated(?:Method|Constructor|SerializationConstructor)Accessor)\\d+");

    private ClassNames() {}

    /**
     * The exact name.
     *
     * @param internal {@code java/lang/String}, {@code [I}, {@code [Ljava/lang/String;}; hidden classes with a plus sign
     * @return {@code java.lang.String}, {@code int[]}, {@code java.lang.String[]}
     */
    static String exact(String internal) {
        int dimensions = 0;
        while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
            dimensions++;
        }
        if (dimensions == 0 || dimensions == internal.length()) {
            return dotted(internal);
        }
        String element = switch (internal.charAt(dimensions)) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default ->
                dotted(internal.substring(
                        dimensions + 1,
                        Math.max(dimensions + 1, internal.length() - (internal.endsWith(";") ? 1 : 0))));
        };
        return element + "[]".repeat(dimensions);
    }

    private static String dotted(String internal) {
        int suffix = internal.length() - 1;
        while (suffix >= 0 && internal.charAt(suffix) != '/' && internal.charAt(suffix) != '+') {
            suffix--;
        }
        return suffix < 0 || !internal.startsWith("0x", suffix + 1)
                ? internal.replace('/', '.')
                : internal.substring(0, suffix).replace('/', '.') + "/" + internal.substring(suffix + 1);
    }

    /**
     * The name for reports, the same for all runs of a program.
     *
     * @param exact the exact name
     * @return the name without random suffixes
     */
    static String display(String exact) {
        // nearly all names end here; expressions are slow until they are compiled
        if (!exact.contains("/0x")
                && !exact.contains("$$Lambda$")
                && !exact.contains("$Proxy")
                && !exact.contains("Accessor")) {
            return exact;
        }
        String plain = HIDDEN.matcher(exact).replaceAll("");
        return NUMBERED.matcher(plain)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        match.group(1) != null
                                ? match.group(1)
                                : match.group(2) != null ? match.group(2) : match.group(3)));
    }
}
