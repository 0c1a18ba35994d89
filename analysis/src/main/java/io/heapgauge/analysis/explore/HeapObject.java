/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.ObjectRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An object of an open heap in one of its views, or a placeholder for one that the dump does not have. Two are equal if they
 * are the same object of the same dump, whatever the view. Where a method says nothing of its cost it takes well under a
 * millisecond once the indexes that it names are built.
 */
public final class HeapObject {
    private static final int NO_OBJECT = -1;

    private final View view;
    private final int ordinal;
    private final long address;
    /** What {@link #owned} has found, -1 before. */
    private long knownOwned = -1;

    HeapObject(View view, int ordinal) {
        this.view = view;
        this.ordinal = ordinal;
        address = view.open().graph().idOf(ordinal);
    }

    private HeapObject(View view, int ordinal, long address) {
        this.view = view;
        this.ordinal = ordinal;
        this.address = address;
    }

    static HeapObject missing(View view, long address) {
        return new HeapObject(view, NO_OBJECT, address);
    }

    int ordinal() {
        return ordinal;
    }

    OpenHeap openHeap() {
        return view.open();
    }

    private OpenHeap open() {
        return view.open();
    }

    /**
     * Whether the dump has no such object; then it has no size and refers to nothing.
     *
     * @return true for a placeholder
     */
    public boolean isMissing() {
        return ordinal == NO_OBJECT;
    }

    /**
     * Its address, which is its id in the dump.
     *
     * @return unsigned
     */
    public long address() {
        return address;
    }

    /**
     * Its type as people write it, of a class object {@code class com.acme.X}.
     *
     * @return the name, random suffixes of hidden and proxy classes taken off
     */
    public String type() {
        if (isMissing()) {
            return "<missing>";
        }
        String folded = view.foldedName(ordinal);
        return folded == null ? open().graph().displayName(ordinal) : folded;
    }

    /**
     * The loader of its class, which tells classes of one name apart.
     *
     * @return empty for the boot loader, and where the dump does not tell
     */
    public Optional<HeapObject> loader() {
        long id = isMissing() ? 0 : open().typeOf(ordinal).loaderId();
        return id == 0 ? Optional.empty() : Optional.of(view.objectAt(id));
    }

    /**
     * Its own size; in a collapsed view with that of its private parts.
     *
     * @return bytes
     */
    public long shallow() {
        return isMissing() ? 0 : view.bytesOf(ordinal);
    }

    /**
     * All that it reaches in this view, itself included, as if the view excluded nothing. Cost: a visit of each object that
     * it reaches.
     *
     * @return bytes
     */
    public long reachable() {
        return isMissing()
                ? 0
                : HeapSummary.of(view.excludingNothing(), ordinal).bytes();
    }

    /**
     * All that it reaches in this view, itself included, without what the view excludes. Cost: a visit of each object that
     * it reaches.
     *
     * @return bytes
     */
    public long owned() {
        if (knownOwned < 0) {
            knownOwned = isMissing() ? 0 : view.owned(ordinal);
        }
        return knownOwned;
    }

    /** What {@link #owned} has found of this very object, -1 where it was not asked. */
    long knownOwned() {
        return knownOwned;
    }

    /**
     * What it owns by type, see {@link #owned}.
     *
     * @return the summary
     */
    public HeapSummary summarize() {
        return isMissing() ? new HeapSummary(0, 0, List.of()) : HeapSummary.of(view, ordinal);
    }

    /**
     * What a collector could free without it: everything that the GC roots reach only through it. Needs
     * {@link Index#RETAINED}. Views do not matter to it.
     *
     * @return bytes, 0 where no GC root reaches it
     * @throws IllegalStateException if the dump has no GC roots
     */
    public long retained() {
        return isMissing() ? 0 : open().dominators().retainedBytes(ordinal);
    }

    /**
     * The heap in the view that it was asked of.
     *
     * @return an open heap
     */
    public Heap heap() {
        return new Heap(open(), view);
    }

    /**
     * Number of its references in this view; those to objects that the dump does not have are not counted.
     *
     * @return from 0
     */
    public int references() {
        return isMissing() ? 0 : view.childCount(ordinal);
    }

    /**
     * What it refers to in this view, in the order of the dump but for the fields that views know by name, which come first;
     * what it refers to several times is there as often. A reference of a Java object to itself is left out; {@link #fields}
     * has it. References to objects that the dump does not have are placeholders
     * at the end.
     *
     * @return the objects
     */
    public List<HeapObject> children() {
        if (isMissing()) {
            return List.of();
        }
        HeapObjects known = new HeapObjects(view, view.children(ordinal));
        if (open().graph().missingReferences() == 0) {
            return known;
        }
        List<HeapObject> all = new ArrayList<>(known);
        for (long id : recorded()) {
            if (id != 0 && open().graph().ordinalOf(id) < 0) {
                all.add(missing(view, id));
            }
        }
        return List.copyOf(all);
    }

    private long[] recorded() {
        ObjectRecord record = open().record(ordinal, 0, Integer.MAX_VALUE);
        return record.elementType().equals(ObjectRecord.REFERENCE)
                ? record.elements()
                : record.fields().stream()
                        .filter(ObjectRecord.Field::isReference)
                        .mapToLong(ObjectRecord.Field::bits)
                        .toArray();
    }

    /**
     * A child by its place.
     *
     * @param index from 0; from -1 down counted from the end
     * @return the object
     * @throws IndexOutOfBoundsException if it has no such child, saying how many it has
     */
    public HeapObject child(int index) {
        List<HeapObject> children = children();
        int at = index < 0 ? children.size() + index : index;
        if (at < 0 || at >= children.size()) {
            throw new IndexOutOfBoundsException(this + " has " + children.size() + " references, there is no " + index);
        }
        return children.get(at);
    }

    /**
     * What a field refers to, or what path of fields leads to: {@code child("table")}, {@code child("head.next.value")}.
     *
     * @param path names of fields with dots between; {@code [3]} is an element of an array
     * @return the object
     * @throws NoSuchElementException if there is no such field, or it holds null or a primitive; names the fields there are
     */
    public HeapObject child(String path) {
        HeapObject at = this;
        for (String name : path.split("\\.")) {
            Object value = name.startsWith("[") ? at.element(name) : at.field(name);
            if (!(value instanceof HeapObject next)) {
                throw new NoSuchElementException(
                        "'" + name + "' of " + at + " is " + value + (value == null ? "" : ", not an object"));
            }
            at = next;
        }
        return at;
    }

    private @Nullable Object element(String index) {
        try {
            int place = Integer.parseInt(index.substring(1, index.length() - 1));
            ObjectRecord record = open().record(ordinal, place, 1);
            if (record.elements().length == 1) {
                return new Values(view).of(record.elementType(), record.elements()[0]);
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new NoSuchElementException("'" + index + "': expected an index, for example [3]", e);
        }
        throw new NoSuchElementException(this + " has no element " + index);
    }

    /**
     * Who refers to it strongly in this view, each once, in address order. Needs {@link Index#PARENTS}. Cost: a look at the
     * references of each of them.
     *
     * @return the objects
     */
    public HeapObjects parents() {
        return new HeapObjects(view, isMissing() ? new int[0] : view.parents(ordinal));
    }

    /**
     * Its instance fields by name, those of super classes behind its own; of a class object its static fields. A field that a
     * sub class hides goes by {@code com.acme.Super#name}. Whatever the view, all of them are there. Needs
     * {@link Index#RECORDS}.
     *
     * @return name → {@link HeapObject}, a boxed primitive, or null
     */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (!isMissing()) {
            Values values = new Values(view);
            for (ObjectRecord.Field field : open().record(ordinal).fields()) {
                boolean nothing = field.name().startsWith("<") && field.bits() == 0;
                if (!nothing) {
                    String name = fields.containsKey(field.name()) ? field.owner() + "#" + field.name() : field.name();
                    fields.put(name, values.of(field.type(), field.bits()));
                }
            }
        }
        return fields;
    }

    /**
     * The value of a field.
     *
     * @param name as {@link #fields} has it
     * @return {@link HeapObject}, a boxed primitive, or null
     * @throws NoSuchElementException if there is no such field; names those there are
     */
    public @Nullable Object field(String name) {
        Map<String, @Nullable Object> fields = fields();
        if (!fields.containsKey(name)) {
            throw new NoSuchElementException(this + " has no field '" + name + "'; it has " + fields.keySet());
        }
        return fields.get(name);
    }

    /**
     * What it is worth where it is a value: text of strings, boxed values, the name of an enum constant, thread or class,
     * the first elements of an array of primitives; what a dump of Python says. At the most 100 characters. Needs
     * {@link Index#RECORDS}.
     *
     * @return String, a boxed primitive, or null for an object that is no value
     */
    public @Nullable Object value() {
        return isMissing() ? null : new Values(view).valueOf(ordinal, Values.SHORT);
    }

    /**
     * The text of a string, or of the name of an enum constant, thread or class.
     *
     * @param most characters at the most
     * @return the text, empty where there is none
     */
    public Optional<String> text(int most) {
        return !isMissing() && new Values(view).valueOf(ordinal, most) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /**
     * Its full length, whatever {@link #value} cuts: characters of a string, elements of an array or collection. Cost: a look
     * at each element of a collection that does not know how many it has.
     *
     * @return the length, -1 for what has none
     */
    public int length() {
        if (isMissing()) {
            return -1;
        }
        int told = new Values(view).lengthOf(ordinal);
        return told >= 0 ? told : new Containers(view).length(this);
    }

    /**
     * The entries of a map of the JDK, of its subclasses and wrappers, or of Python's dict. Cost: a look at each entry, all of
     * which are kept in memory.
     *
     * @return key → value in the map's own order; a key that is a {@link #value} of at most 100 characters stands for itself
     *     unless two are equal
     * @throws IllegalStateException if it is no map that is known
     */
    public Map<Object, @Nullable HeapObject> asMap() {
        return new Containers(view).map(this);
    }

    /**
     * The elements of an array of objects or a list, set or queue of the JDK, of its subclasses and wrappers, or of Python's
     * list and tuple. Cost: a look at each element, all of which are kept in memory.
     *
     * @return the elements in the collection's own order
     * @throws IllegalStateException if it is no collection that is known
     */
    public List<@Nullable HeapObject> asList() {
        return new Containers(view).list(this);
    }

    /**
     * All that it reaches in this view without what the view excludes: itself first, then depth-first, the last reference
     * first. Cost: as far as it is read. To be closed, which gives a bit per object of the heap back.
     *
     * @return each object once
     */
    public Stream<HeapObject> walk() {
        if (isMissing()) {
            return Stream.empty();
        }
        Traversal walk = new Traversal(view, ordinal);
        var objects =
                new Spliterators.AbstractSpliterator<HeapObject>(
                        Long.MAX_VALUE, Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.ORDERED) {
                    @Override
                    public boolean tryAdvance(Consumer<? super HeapObject> action) {
                        int next = walk.next();
                        if (next >= 0) {
                            action.accept(new HeapObject(view, next));
                        }
                        return next >= 0;
                    }
                };
        return StreamSupport.stream(objects, false).onClose(walk::close);
    }

    /**
     * All objects of a type that it reaches in this view without what the view excludes.
     *
     * @param type as for {@link Heap#all}
     * @return largest first
     */
    public HeapObjects all(String type) {
        if (isMissing()) {
            return new HeapObjects(view, new int[0]);
        }
        TypePattern pattern = TypePattern.parse(type);
        IntArrayList found = new IntArrayList();
        try (Traversal walk = new Traversal(view, ordinal)) {
            for (int at = walk.next(); at >= 0; at = walk.next()) {
                if (pattern.matches(open(), open().typeOf(at))) {
                    found.addInt(at);
                }
            }
        }
        return new HeapObjects(view, SizeOrder.sort(view, found.toIntArray()));
    }

    /**
     * Why it is there: a shortest path over strong references from a GC root. Needs {@link Index#PATHS}. Views do not matter
     * to it.
     *
     * @return the path, without steps where no GC root reaches it
     * @throws IllegalStateException if the dump has no GC roots
     */
    public HeapPath pathToRoot() {
        return isMissing() ? new HeapPath(view, "") : Paths.to(view, ordinal);
    }

    /**
     * What dominates it, from its immediate dominator upwards: without any of them it would be garbage. Needs
     * {@link Index#RETAINED}. Views do not matter to it.
     *
     * @return the objects, empty where only the GC roots together hold it or none does
     * @throws IllegalStateException if the dump has no GC roots
     */
    public HeapObjects dominators() {
        IntArrayList dominators = new IntArrayList();
        if (!isMissing()) {
            DominatorTree tree = open().dominators();
            for (int at = tree.dominator(ordinal); at >= 0; at = tree.dominator(at)) {
                dominators.addInt(at);
            }
        }
        return new HeapObjects(view, dominators.toIntArray());
    }

    /**
     * What it dominates immediately. Needs {@link Index#RETAINED}. Cost: a look at every object. Views do not matter to it.
     *
     * @return the objects with the largest retained sizes first
     * @throws IllegalStateException if the dump has no GC roots
     */
    public HeapObjects dominated() {
        if (isMissing()) {
            return new HeapObjects(view, new int[0]);
        }
        DominatorTree tree = open().dominators();
        int[] dominated = tree.dominated(ordinal);
        return new HeapObjects(view, SizeOrder.sortBy(dominated, tree::retainedBytes));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeapObject object
                && object.address == address
                && object.ordinal == ordinal
                && object.open() == open();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(address);
    }

    /**
     * Type, address, size, references, then as far as they are known already parents, owned and retained size, and the value:
     * {@code java.util.HashMap(0x7f3a10 48B 3refs 2par 12.0MiB owned)}.
     */
    @Override
    public String toString() {
        return Described.describe(this, view);
    }
}
