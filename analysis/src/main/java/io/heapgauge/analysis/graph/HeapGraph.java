/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;

/**
 * The objects of a heap with their references, off the Java heap. Objects are dense ordinals in address order. A row of
 * references is a run of ints in {@code targets}; the last one carries the sign bit, so a row needs no length. Rows of
 * objects with rule slots start with these, see {@link FieldRules}; an empty slot refers to the object itself, which
 * changes no walk. The referent of a weak, soft, phantom or final reference stands before its row, so that a row holds
 * strong references only. Safe for reading by several threads once built.
 *
 * <p>Memory per object: 4 bytes row start, 2 bytes type and size, about 1 byte index, a bit, and 4 bytes per reference.
 */
public final class HeapGraph {
    /** Set on the last reference of a row. */
    public static final int LAST = 0x8000_0000;

    private final HeapSource source;
    private final FieldRules rules;
    private final TypeTally tally;
    private final ObjectIndex index;
    private final Shapes shapes;
    /** Ordinal → position of its row in {@code targets} plus 1 as an unsigned int, 0 for no references. */
    private final IntStore rows;

    private final IntStore targets;
    /** Whether the last position is so low that no entry of {@code rows} is negative. */
    private final boolean signsFree;

    private final BitStore ruled;

    private final int[][] instanceSlots;
    private final int[][] classSlots;
    /** Type → whether its instances have a referent. */
    private final boolean[] referents;
    /** Type → ordinal of its class object, -1 where there is none. */
    private final int[] classObjects;

    private final Int2IntHashMap typeOfClassObject = new Int2IntHashMap(-1);
    private final long references;
    private final long missing;
    private final long duplicates;

    private HeapGraph(HeapSource source, FieldRules rules, GraphBuilder built) {
        this.source = source;
        this.rules = rules;
        tally = built.tally();
        index = built.index();
        shapes = built.shapes();
        rows = built.rows();
        targets = built.targets();
        ruled = built.ruled();
        signsFree = built.positions() < Integer.MAX_VALUE;
        references = built.references();
        missing = built.missing();
        duplicates = built.duplicates();
        referents = built.referents();
        instanceSlots = strongSlots(built.instanceSlots());
        classSlots = built.classSlots();
        List<HeapType> all = source.types();
        classObjects = new int[all.size()];
        for (HeapType type : all) {
            int ordinal = type.classId() == 0 ? -1 : index.ordinalOf(type.classId());
            classObjects[type.index()] = ordinal;
            if (ordinal >= 0) {
                typeOfClassObject.put(ordinal, type.index());
            }
        }
    }

    private int[][] strongSlots(int[][] all) {
        int[][] strong = new int[all.length][];
        for (int type = 0; type < all.length; type++) {
            strong[type] = referents[type] ? Arrays.copyOfRange(all[type], 1, all[type].length) : all[type];
        }
        return strong;
    }

    /**
     * Reads a source twice.
     *
     * @param source before its first pass
     * @param rules fields that walks may want to leave out or find by name
     * @param scratch where the memory comes from; must stay open as long as the graph is used
     * @param monitor hears of the progress
     * @return the graph
     * @throws IOException if the source cannot be read to its end
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit; the source's first pass may then be
     *     over
     */
    public static HeapGraph build(HeapSource source, FieldRules rules, Scratch scratch, Monitor monitor)
            throws IOException {
        return new HeapGraph(source, rules, GraphBuilder.build(source, rules, scratch, monitor, false));
    }

    /**
     * Reads a source twice, for a graph that is only walked: made in less time, but {@link #takeRows} makes it slower than
     * one that was {@link #build built} for that.
     *
     * @param source before its first pass
     * @param rules fields that walks may want to leave out or find by name
     * @param scratch where the memory comes from; must stay open as long as the graph is used
     * @param monitor hears of the progress
     * @return the graph
     * @throws IOException if the source cannot be read to its end
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit; the source's first pass may then be
     *     over
     */
    public static HeapGraph buildForWalks(HeapSource source, FieldRules rules, Scratch scratch, Monitor monitor)
            throws IOException {
        return new HeapGraph(source, rules, GraphBuilder.build(source, rules, scratch, monitor, true));
    }

    /**
     * Number of objects.
     *
     * @return ordinals are below this
     */
    public int size() {
        return index.size();
    }

    /**
     * Number of references in all rows.
     *
     * @return references that resolve, empty rule slots not counted
     */
    public long references() {
        return references;
    }

    /**
     * References to ids that are not in the heap.
     *
     * @return how many; they are in no row
     */
    public long missingReferences() {
        return missing;
    }

    /**
     * Object records whose id had been seen before.
     *
     * @return how many; the first record of an id counts
     */
    public long duplicateObjects() {
        return duplicates;
    }

    /**
     * Every object, whether anything reaches it or not.
     *
     * @return objects and bytes by type
     */
    public TypeTally tally() {
        return tally;
    }

    /**
     * Where the graph came from.
     *
     * @return the source, for further passes
     */
    public HeapSource source() {
        return source;
    }

    /**
     * The fields that lead rows.
     *
     * @return the rules given when it was built
     */
    public FieldRules rules() {
        return rules;
    }

    /**
     * The ordinal of an object.
     *
     * @param id any id
     * @return its ordinal, -1 when there is no such object
     */
    public int ordinalOf(long id) {
        return index.ordinalOf(id);
    }

    /**
     * The id of an object. Cost: two binary searches.
     *
     * @param ordinal the object
     * @return its id
     */
    public long idOf(int ordinal) {
        return index.idOf(ordinal);
    }

    /**
     * The type of an object.
     *
     * @param ordinal the object
     * @return index in {@link HeapSource#types()}
     */
    public int typeOf(int ordinal) {
        return shapes.typeOf(ordinal);
    }

    /**
     * The shallow size of an object.
     *
     * @param ordinal the object
     * @return bytes
     */
    public long bytesOf(int ordinal) {
        return shapes.bytesOf(ordinal);
    }

    /**
     * Counts an object.
     *
     * @param ordinal the object
     * @param into gets one object more of its type and size
     */
    public void count(int ordinal, TypeTally into) {
        shapes.count(ordinal, into);
    }

    /**
     * The start of an object's row.
     *
     * @param ordinal the object
     * @return position of its first strong reference for {@link #target}, -1 when it has none
     */
    public long row(int ordinal) {
        return position(rows.get(ordinal));
    }

    /**
     * Where a row starts.
     *
     * @param entry of {@link #takeRows}
     * @return position for {@link #target}, -1 where there is no row
     */
    public static long position(int entry) {
        return (entry & 0xffff_ffffL) - 1;
    }

    /**
     * Whether a walk can have the sign of the entries of {@link #takeRows} for a mark, as with all graphs of fewer than two
     * thousand million references.
     *
     * @return whether none of them is negative
     */
    public boolean hasFreeSigns() {
        return signsFree;
    }

    /**
     * What a weak, soft, phantom or final reference refers to.
     *
     * @param ordinal the object
     * @param type its type
     * @return ordinal of the referent, -1 for null, missing, or an object that is no such reference
     */
    public int referent(int ordinal, int type) {
        if (!referents[type]) {
            return -1;
        }
        int target = target(row(ordinal) - 1);
        return target == ordinal ? -1 : target;
    }

    /**
     * A reference of a row.
     *
     * @param position from {@link #row} on
     * @return ordinal of the object referred to, with {@link #LAST} set on the last one of the row
     */
    public int target(long position) {
        return targets.get(position);
    }

    /**
     * The rule slots that lead an object's row; {@link FieldRule#REFERENT} is none of them.
     *
     * @param ordinal the object
     * @param type its type
     * @return slot → rule index; not to be changed
     */
    public int[] slots(int ordinal, int type) {
        return type == source.classType() ? slotsOfClass(ordinal) : instanceSlots[type];
    }

    private int[] slotsOfClass(int ordinal) {
        int represented = typeOfClassObject.get(ordinal);
        return represented < 0 ? instanceSlots[source.classType()] : classSlots[represented];
    }

    /**
     * The objects with a reference by a rule: classes, references with a referent, and all that have {@link #slots}. What
     * any other object refers to are the references of its row, and a walk need not know its type.
     *
     * @return ordinals, not to be changed
     */
    public BitStore ruled() {
        return ruled;
    }

    /**
     * The value of a rule's field.
     *
     * @param ordinal the object
     * @param rule rule index
     * @return ordinal of the object it refers to, -1 for null, missing, or no such field
     */
    public int field(int ordinal, int rule) {
        if (rule == rules.indexOf(FieldRule.REFERENT)) {
            return referent(ordinal, typeOf(ordinal));
        }
        int[] slots = slots(ordinal, typeOf(ordinal));
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] == rule) {
                int target = target(row(ordinal) + slot) & ~LAST;
                return target == ordinal ? -1 : target;
            }
        }
        return -1;
    }

    /**
     * What people call an object: its type's display name, or {@code class com.acme.X} for a class object.
     *
     * @param ordinal the object
     * @return a name for reports
     */
    public String displayName(int ordinal) {
        int represented = typeOfClassObject.get(ordinal);
        List<HeapType> all = source.types();
        return represented >= 0
                ? "class " + all.get(represented).displayName()
                : all.get(typeOf(ordinal)).displayName();
    }

    /**
     * Whether an object stands for a class.
     *
     * @param ordinal the object
     * @return true if it is the class object of a type
     */
    public boolean isClassObject(int ordinal) {
        return typeOfClassObject.containsKey(ordinal);
    }

    /**
     * The class object of a type.
     *
     * @param type type index
     * @return its ordinal, -1 where the heap has none
     */
    public int classObject(int type) {
        return classObjects[type];
    }

    /**
     * Hands over the array of row starts, for a walk that needs each of them once and has better use for the place then.
     * The caller reads rows by it, calls {@link #dropTargets} when it is done with them, and releases it in the end;
     * nobody else may use rows any more.
     *
     * @return ordinal → position of the row plus 1 as an unsigned int, 0 for no references
     */
    public IntStore takeRows() {
        return rows;
    }

    /** Gives the memory of all references back; afterwards no row may be read. */
    public void dropTargets() {
        targets.release();
    }
}
