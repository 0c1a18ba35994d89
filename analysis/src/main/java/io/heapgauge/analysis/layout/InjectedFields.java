/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import java.util.Map;

/**
 * Fields that HotSpot adds to a few JDK classes and leaves out of its dumps. Source: the {@code *_INJECTED_FIELDS} lists of
 * javaClasses.hpp in OpenJDK 17 and 25; where the two differ, the later one goes with {@link VmModel#packedArrays()}.
 *
 * @param primitiveBytes sizes of the primitive fields
 * @param references number of reference fields
 */
public record InjectedFields(int[] primitiveBytes, int references) {
    private static final InjectedFields NONE = of(0);

    private static final Map<String, InjectedFields> SINCE_15 = Map.of(
            "java.lang.Class", of(3, 8, 8, 4, 4),
            "java.lang.ClassLoader", of(0, 8),
            "java.lang.Module", of(0, 8),
            "java.lang.String", of(0, 1),
            "java.lang.InternalError", of(0, 1),
            "java.lang.StackFrameInfo", of(0, 2),
            "java.lang.invoke.MemberName", of(0, 8),
            "java.lang.invoke.ResolvedMethodName", of(0, 8),
            "java.lang.invoke.MethodHandleNatives$CallSiteContext", of(0, 8, 8));

    private static final Map<String, InjectedFields> SINCE_23 = Map.of(
            "java.lang.Class", of(1, 8, 8, 4, 4, 1),
            "java.lang.Thread", of(0, 8, 4, 2, 1, 1));

    private static InjectedFields of(int references, int... primitiveBytes) {
        return new InjectedFields(primitiveBytes, references);
    }

    /**
     * Looks a class up.
     *
     * @param className class name as people write it
     * @param model tells old from new
     * @return its injected fields, empty for nearly every class
     */
    public static InjectedFields of(String className, VmModel model) {
        InjectedFields old = SINCE_15.getOrDefault(className, NONE);
        return model.packedArrays() ? SINCE_23.getOrDefault(className, old) : old;
    }
}
