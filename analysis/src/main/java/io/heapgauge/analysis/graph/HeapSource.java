/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * Where a graph comes from: a heap dump or another record of a heap. Passes run in this order: {@link #scan} once, then any
 * of the others any number of times. Not safe for use by several threads, but a pass may read with several of its own.
 */
public interface HeapSource {
    /**
     * First pass: finds out the types and counts the objects.
     *
     * @param ids gives a sink to each thread that the source reads with, asked on the calling thread; together they take the id
     *     of every object, class objects included
     * @return objects and bytes by type
     * @throws IOException if the source cannot be read to its end
     */
    TypeTally scan(Supplier<? extends IdSink> ids) throws IOException;

    /**
     * The types, after the first pass.
     *
     * @return type index → type
     */
    List<HeapType> types();

    /**
     * Index of the type whose instances are the class objects.
     *
     * @return a type index
     */
    int classType();

    /**
     * The GC roots, after the first pass.
     *
     * @return roots
     */
    GcRoots roots();

    /**
     * Shallow sizes are multiples of this.
     *
     * @return bytes
     */
    int alignmentBytes();

    /**
     * Second pass: every object with its references, class objects included, in the order of the first pass or any other.
     *
     * @param rules fields whose references lead each row
     * @param sinks gives a sink to each thread that the source reads with, all before the first object; together they take
     *     the objects, each from {@code object} to {@code end} in one of them
     * @throws IOException if the source cannot be read to its end
     */
    void references(FieldRules rules, Supplier<? extends ReferenceSink> sinks) throws IOException;

    /**
     * Another pass for the contents of a few objects.
     *
     * @param wanted tells by id whether the contents of an instance or array are wanted
     * @param sink takes them
     * @throws IOException if the source cannot be read to its end
     */
    void contents(LongPredicate wanted, ContentSink sink) throws IOException;

    /**
     * Another pass that tells by which fields some objects refer to others.
     *
     * @param targetOf id of a holder → id of the object whose field in it is asked for, 0 where nothing is
     * @param sink takes the fields
     * @throws IOException if the source cannot be read to its end
     */
    void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) throws IOException;

    /**
     * Size of a reference in a field or array slot of the heap, after the first pass.
     *
     * @return bytes
     */
    int referenceBytes();

    /**
     * Instance fields that hold primitive values, declared by a type, after the first pass.
     *
     * @param type type index
     * @return their names
     */
    List<String> primitiveFields(int type);

    /**
     * Another pass for chosen fields of all instances of some types, and for the contents of arrays.
     *
     * @param fields type index → fields wanted of its instances, declared by it or a super class; empty where the instances
     *     are not wanted
     * @param sink takes them
     * @throws IllegalArgumentException if a type has no such field
     * @throws IOException if the source cannot be read to its end
     */
    void values(List<List<FieldRule>> fields, ValueSink sink) throws IOException;

    /**
     * Another pass for every reference in a field or array slot, with the field it is in. What a class record has apart from
     * its static fields is left out.
     *
     * @param sink takes the references
     * @return number of a field → {@code com.acme.Node#next}, of an element the type of its array, {@code com.acme.Node[]}
     * @throws IOException if the source cannot be read to its end
     */
    List<String> fieldReferences(FieldReferenceSink sink) throws IOException;
}
