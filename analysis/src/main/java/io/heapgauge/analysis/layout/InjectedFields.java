/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import java.util.Collection;

/**
 * Fields that HotSpot adds to a few JDK classes and leaves out of its dumps. Source: the lists of injected fields in
 * javaClasses.hpp and continuationJavaClasses.hpp of OpenJDK 17, 21 and 25. Where a later JDK declares in Java what was
 * injected before, the declared fields decide.
 */
public final class InjectedFields {
    private InjectedFields() {}

    /**
     * Looks a class up.
     *
     * @param className class name as people write it
     * @param declared names of the instance fields that the class declares
     * @param jdk whose classes they are
     * @return its injected fields, empty for nearly every class
     */
    public static FieldGroup of(String className, Collection<String> declared, JdkGeneration jdk) {
        return switch (className) {
            case "java.lang.Class" -> FieldGroup.of(classReferences(declared, jdk), 8, 8, 4, 4);
            case "java.lang.ClassLoader", "java.lang.Module", "java.lang.invoke.MemberName" -> FieldGroup.of(0, 8);
            case "java.lang.String", "java.lang.InternalError" -> FieldGroup.of(0, 1);
            case "java.lang.StackFrameInfo" -> FieldGroup.of(0, 2);
            case "java.lang.invoke.MethodHandleNatives$CallSiteContext" -> FieldGroup.of(0, 8, 8);
            case "java.lang.invoke.CallSite" -> declared.contains("context") ? FieldGroup.NONE : FieldGroup.of(0, 8, 8);
            case "java.lang.invoke.ResolvedMethodName" -> FieldGroup.of(declared.contains("vmholder") ? 0 : 1, 8);
            case "java.lang.Thread" ->
                jdk.isSince(JdkGeneration.SINCE_19) ? FieldGroup.of(0, 8, 4, 2, 1) : FieldGroup.NONE;
            case "java.lang.VirtualThread" ->
                declared.contains("onWaitingList") ? FieldGroup.of(0, 8) : FieldGroup.NONE;
            case "jdk.internal.vm.StackChunk" ->
                jdk.isSince(JdkGeneration.SINCE_25) ? FieldGroup.of(1, 8, 4, 1, 1) : FieldGroup.of(1, 8, 4, 1);
            default -> FieldGroup.NONE;
        };
    }

    /** The source file, the lock of the initialization, and two that JDK 25 declares in Java. */
    private static int classReferences(Collection<String> declared, JdkGeneration jdk) {
        int references = 1;
        references += jdk.isSince(JdkGeneration.SINCE_19) ? 1 : 0;
        references += declared.contains("protectionDomain") ? 0 : 1;
        references += declared.contains("signers") ? 0 : 1;
        return references;
    }
}
