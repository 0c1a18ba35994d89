/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

/** Why a configured root has no sizes. The order is that of the fork engine's native part, {@code starts.h}. */
public enum WhyNoSize {
    /** There is a size, or the root's state says it all. */
    NONE("it is in the heap, but no GC root reaches it"),
    /** No class has the name. */
    NO_CLASS("no class %s in the heap"),
    /** The class has no such field. */
    NO_FIELD("class %s has no static reference field %s"),
    /** The field refers to nothing. */
    FIELD_NULL("the field is null"),
    /** The gauge knows no such root any more. */
    NOT_REGISTERED("nothing is registered under that name"),
    /** The object is no more. */
    COLLECTED("the registered object has been collected"),
    /** No object is of the class. */
    NO_INSTANCE("no instance of %s in the heap"),
    /** No thread has the name. */
    NO_THREAD("no live thread has that name"),
    /** Addresses are for dumps. */
    BY_ADDRESS("an object is found by its address in a dump only"),
    /** Other roots took too long. */
    NO_TIME("the time for measuring roots was up before its turn");

    private final String text;

    WhyNoSize(String text) {
        this.text = text;
    }

    /**
     * In words.
     *
     * @param spec how the root is found
     * @return for people
     */
    public String of(RootSpec spec) {
        if (spec instanceof RootSpec.StaticField field) {
            return text.formatted(field.className(), field.field());
        }
        return spec instanceof RootSpec.InstancesOf instances ? text.formatted(instances.className()) : text;
    }
}
