/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.jsonl.ExportProfile;
import io.heapgauge.analysis.measure.ClassHistogram;
import io.heapgauge.analysis.measure.HistogramDiff;
import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.report.HeapDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A heap dump that is open for questions, and a way of looking at it. The ways of looking are views: {@link #collapsed},
 * {@link #with} and the {@code excluding} methods return another look at the same open dump, and what was asked of the one
 * before is still true there. Closing any of them closes the dump.
 *
 * <p>Opening reads the dump twice and builds the graph of objects and references off the Java heap. What further questions
 * need is built by the first one that needs it, and named by {@link Index}; {@link #prepare} builds it beforehand. On a
 * machine of 2026 each takes some seconds per 50 million objects; afterwards parents, children, fields and paths of single
 * objects take well under a millisecond.
 *
 * <p>Not safe for use by several threads. Methods that read the dump again throw {@link java.io.UncheckedIOException} where
 * that fails, those that need scratch {@link io.heapgauge.analysis.store.ScratchBudgetException} where it does not fit, and
 * those that need GC roots {@link IllegalStateException} where the dump has none.
 */
public final class Heap implements AutoCloseable {
    private final OpenHeap open;
    private final View view;

    Heap(OpenHeap open, View view) {
        this.open = open;
        this.view = view;
    }

    /**
     * Opens a dump with all processors and scratch files in the default temporary directory.
     *
     * @param dump an hprof file or an export as JSON lines, plain or gzip; the latter is unpacked into a scratch file
     * @return the heap, with every edge of {@link EdgeFilter} left out, not collapsed
     * @throws io.heapgauge.analysis.hprof.HprofException if the dump cannot be read to its end; names file and offset
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public static Heap open(Path dump) throws IOException {
        return open(dump, Progress.NONE);
    }

    /**
     * Opens a dump with all processors and scratch files in the default temporary directory.
     *
     * @param dump an hprof file or an export as JSON lines, plain or gzip; the latter is unpacked into a scratch file
     * @param progress hears how far opening and later work are
     * @return the heap
     * @throws io.heapgauge.analysis.hprof.HprofException if the dump cannot be read to its end
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public static Heap open(Path dump, Progress progress) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        return open(
                dump,
                AnalysisRequest.builder().threads(processors).progress(progress).build());
    }

    /**
     * Opens a dump.
     *
     * @param dump an hprof file or an export as JSON lines, plain or gzip
     * @param request scratch, layout, threads, progress and cancel signal; nothing else of it is heeded
     * @return the heap
     * @throws io.heapgauge.analysis.hprof.HprofException if the dump cannot be read to its end
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public static Heap open(Path dump, AnalysisRequest request) throws IOException {
        OpenHeap open = OpenHeap.of(dump, request);
        return new Heap(open, View.plain(open));
    }

    /**
     * Builds beforehand what later questions need.
     *
     * @param indexes what to build; what is there already costs nothing
     * @return this
     */
    public Heap prepare(Index... indexes) {
        for (Index index : indexes) {
            open.prepare(index);
        }
        return this;
    }

    // ---- views

    /**
     * The same heap with private parts folded into the one object that owns them: a map with its table and nodes, a string
     * with its bytes, a boxed value with its holder; in a dump of Python, an instance with its {@code __dict__}. What has a
     * second owner is not folded. Cost of the first time: three passes over all references; 17 bytes per object.
     *
     * @return another view of this dump
     */
    public Heap collapsed() {
        return new Heap(open, view.collapsed());
    }

    /**
     * The same heap with exactly these edges left out of every walk, and of children and parents.
     *
     * @param filters edges; none to follow every reference, weak ones and object → class among them
     * @return another view of this dump
     */
    public Heap with(EdgeFilter... filters) {
        return new Heap(open, view.with(Set.copyOf(Arrays.asList(filters))));
    }

    /**
     * The same dump of Python without the references that make everything reach everything, as Meliae's
     * {@code remove_expensive_references} takes them out: to modules, frames and types, of functions to their globals, and of
     * {@code _LRUNode}s to each other. Nothing is deleted. No difference for a dump of Java, whose such references are
     * left out anyway, see {@link #with}.
     *
     * @return another view of this dump
     */
    public Heap withoutExpensiveReferences() {
        return new Heap(open, view.withoutExpensive());
    }

    /**
     * The same heap, whose walks do not enter some objects. Their own starts always count.
     *
     * @param objects objects to stay out of
     * @return another view of this dump
     * @throws IllegalArgumentException if one is of another dump, or the dump does not have it
     */
    public Heap excluding(HeapObject... objects) {
        return excluding(Arrays.asList(objects));
    }

    /**
     * The same heap, whose walks do not enter some objects.
     *
     * @param objects objects to stay out of
     * @return another view of this dump
     * @throws IllegalArgumentException if one is of another dump, or the dump does not have it
     */
    public Heap excluding(Iterable<HeapObject> objects) {
        return new Heap(open, view.excludingObjects(objects));
    }

    /**
     * The same heap, whose walks do not enter what a test says.
     *
     * @param test true for objects to stay out of; asked once of each object that a walk meets
     * @return another view of this dump
     */
    public Heap excluding(Predicate<HeapObject> test) {
        return new Heap(open, view.excluding(test));
    }

    /**
     * The same heap, whose walks do not enter objects of some types.
     *
     * @param types as for {@link #all}
     * @return another view of this dump
     */
    public Heap excludingTypes(String... types) {
        return new Heap(open, view.excludingTypes(Arrays.asList(types)));
    }

    /**
     * The same heap, whose walks do not enter objects of some packages and those below.
     *
     * @param packages {@code com.acme.cache}
     * @return another view of this dump
     */
    public Heap excludingPackages(String... packages) {
        return new Heap(open, view.excludingPackages(Arrays.asList(packages)));
    }

    /**
     * The same heap, whose walks do not follow some fields. Cost: a walk reads the record of each object that has one.
     *
     * @param fields {@code com.acme.Session#user}, by the declaring class
     * @return another view of this dump
     * @throws IllegalArgumentException if one has another form, or no class of the dump has such a field
     */
    public Heap excludingFields(String... fields) {
        return new Heap(
                open,
                view.excludingFields(Arrays.stream(fields).map(FieldRule::parse).toList()));
    }

    // ---- questions

    /**
     * Objects and bytes of the whole heap by type. Cost: nothing; in a collapsed view a look at every object.
     *
     * @return the summary; exclusions do not matter to it
     */
    public HeapSummary summarize() {
        return HeapSummary.ofAll(view);
    }

    /**
     * What an object owns, itself included, by type: all that it reaches in this view, without what the view excludes. Cost:
     * a visit of each object that it reaches.
     *
     * @param object where to start
     * @return the summary
     * @throws IllegalArgumentException if the object is of another dump, or the dump does not have it
     */
    public HeapSummary summarize(HeapObject object) {
        return HeapSummary.of(view, view.ordinalOf(object));
    }

    /**
     * The object at an address; in a collapsed view, the owner of a part.
     *
     * @param address its id in the dump
     * @return the object, or a placeholder that {@linkplain HeapObject#isMissing says so} where the dump has none
     */
    public HeapObject at(long address) {
        return view.objectAt(address);
    }

    /**
     * All objects of a type. Cost: two looks at every object, and 8 bytes of Java heap for each found.
     *
     * @param type exact name as people write it, {@code byte[]}, {@code com.acme.Cache$Entry}; {@code *} stands for any text;
     *     a {@code +} at the end takes sub classes as well; {@code @0x7f00} behind it the class of one loader only
     * @return largest first, then by number of references, then by number of parents where these are indexed, then by address
     */
    public HeapObjects all(String type) {
        return view.all(type);
    }

    /**
     * The longest strings. Cost: a look at every object and at the size of each string's characters.
     *
     * @param most how many at the most
     * @return longest first
     */
    public HeapObjects longestStrings(int most) {
        return Strings.longest(view, most);
    }

    /**
     * The strings whose text matches. Cost: every string is read, some microseconds each.
     *
     * @param pattern what the first 4,096 characters match as a whole
     * @return longest first
     */
    public HeapObjects strings(Pattern pattern) {
        return Strings.matching(view, pattern);
    }

    /**
     * The objects with the largest retained sizes. Cost: {@link Index#RETAINED}, then two looks at every object.
     *
     * @param most how many at the most
     * @return largest first
     */
    public HeapObjects largestRetainers(int most) {
        return view.objects(open.dominators().top(most));
    }

    /**
     * The threads that were alive, with their stacks. Cost of the first time: a pass over the file.
     *
     * @return in the order of the dump; empty where it tells nothing of threads
     */
    public List<HeapThread> threads() {
        return open.stacks().stream().map(stack -> new HeapThread(view, stack)).toList();
    }

    /**
     * What has changed since an older dump, by type: every object, whatever the views. Cost: that of the number of types.
     *
     * @param older another open heap
     * @return the change from the older one to this
     */
    public HeapDiff since(Heap older) {
        ClassHistogram before = older.open.histogram();
        ClassHistogram after = open.histogram();
        return new HeapDiff(before.total(), after.total(), older.remarks(), remarks(), HistogramDiff.of(before, after));
    }

    /**
     * Whether the dump knows why objects are kept alive.
     *
     * @return false for Meliae's format, where retained sizes and paths have no meaning
     */
    public boolean hasRoots() {
        return open.source().hasRoots();
    }

    /**
     * Number of objects.
     *
     * @return all of them, whatever the view
     */
    public int size() {
        return open.graph().size();
    }

    /**
     * Where shallow sizes come from, and what of the dump could not be used.
     *
     * @return a phrase for people
     */
    public String remarks() {
        return open.source().remarks();
    }

    // ---- export

    /**
     * Writes the heap as JSON lines, one object a line in address order, in constant memory. A new file gets mode 0600.
     *
     * @param file where to; {@code .gz} at the end compresses it. Must not exist
     * @param profile what to write
     * @return number of objects written
     * @throws IOException if it exists or cannot be written; nothing is left of it then
     */
    public long export(Path file, ExportProfile profile) throws IOException {
        return Export.write(view, null, file, profile);
    }

    /**
     * Writes one object and all that it reaches in this view as JSON lines.
     *
     * @param file where to; {@code .gz} at the end compresses it. Must not exist
     * @param profile what to write
     * @param from where to start
     * @return number of objects written
     * @throws IllegalArgumentException if the object is of another dump, or the dump does not have it
     * @throws IOException if it exists or cannot be written; nothing is left of it then
     */
    public long export(Path file, ExportProfile profile, HeapObject from) throws IOException {
        return Export.write(view, from, file, profile);
    }

    /** Gives scratch and file handles back; neither this nor any view or object of this dump may be used any more. */
    @Override
    public void close() throws IOException {
        open.close();
    }

    @Override
    public String toString() {
        return open + view.description();
    }
}
