/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.HeapType.StaticReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.collections.Long2LongHashMap;

/** The types of a file of JSON lines: by name as they are met, or, in the lossless profile, as lines of their own tell. */
final class LineTypes {
    /** First key of the first line of a lossless export. */
    static final String HEADER = "heapgauge";

    static final int VERSION = 1;
    static final String CLASS = "class";
    static final String ROOT = "root";

    private static final List<String> RECORD =
            List.of("<loader>", "<super>", "<signers>", "<protection domain>", "<constant pool>");

    /** Where a reference stands: in a field, in an element, or in what a class has apart from its fields. */
    record Place(String owner, String name, boolean isElement) {}

    /** A field that holds a primitive. */
    record Primitive(String owner, String name, String type) {}

    private record Told(
            HeapType type, List<Primitive> primitives, List<Primitive> staticPrimitives, List<Long> staticValues) {}

    /** Types take memory; no program has so many. */
    private static final int MOST_NAMES = 200_000;

    private final Path file;
    private final Map<String, Integer> byName = new ConcurrentHashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final List<HeapType> named = new ArrayList<>();
    private final GcRoots roots = new GcRoots();
    private final Long2LongHashMap byClassId = new Long2LongHashMap(-1);
    private final Map<Integer, List<Place>> places = new ConcurrentHashMap<>();
    private List<HeapType> all = List.of();
    private boolean lossless;
    private volatile boolean sawObject;
    private int classType = -1;
    private int referenceBytes = Long.BYTES;

    LineTypes(Path file) {
        this.file = file;
    }

    /** Takes a line that is no object; false where it tells nothing. */
    synchronized boolean take(Line line) {
        if (line.others.get(HEADER) instanceof Long version && version == VERSION) {
            lossless = true;
            classType = number(line, "classType", -1);
            referenceBytes = number(line, "referenceBytes", Long.BYTES);
            return true;
        }
        boolean beforeObjects = named.isEmpty() && !sawObject;
        if (lossless && beforeObjects && line.others.get(CLASS) instanceof Long index && index == told.size()) {
            takeType(line);
            return true;
        }
        if (lossless && line.others.get(ROOT) instanceof Long id && line.others.get("kind") instanceof String kind) {
            for (GcRoots.Kind one : GcRoots.Kind.values()) {
                if (one.name().equals(kind)) {
                    roots.add(id, one, number(line, "thread", 0));
                    return true;
                }
            }
        }
        return false;
    }

    private void takeType(Line line) {
        String name = text(line, "name");
        List<String> statics = texts(line, "statics");
        List<Long> values = numbers(line, "staticRefs");
        List<StaticReference> references = new ArrayList<>();
        for (int i = 0; i < statics.size(); i++) {
            references.add(new StaticReference(statics.get(i), i < values.size() ? values.get(i) : 0));
        }
        HeapType type = new HeapType(
                told.size(),
                name,
                line.others.get("display") instanceof String display ? display : name,
                whole(line, "id"),
                number(line, "super", -1),
                whole(line, "loader"),
                texts(line, "fields"),
                List.copyOf(references));
        told.add(new Told(
                type,
                primitives(name, texts(line, "primitives")),
                primitives(name, texts(line, "staticPrimitives")),
                numbers(line, "staticValues")));
        if (type.classId() != 0) {
            byClassId.put(type.classId(), type.index());
        }
    }

    private static List<Primitive> primitives(String owner, List<String> texts) {
        List<Primitive> primitives = new ArrayList<>();
        for (String text : texts) {
            int colon = text.lastIndexOf(':');
            primitives.add(new Primitive(owner, text.substring(0, Math.max(0, colon)), text.substring(colon + 1)));
        }
        return primitives;
    }

    private static String text(Line line, String key) {
        return line.others.get(key) instanceof String text ? text : "";
    }

    private static long whole(Line line, String key) {
        return line.others.get(key) instanceof Long number ? number : 0;
    }

    private static int number(Line line, String key, int otherwise) {
        return line.others.get(key) instanceof Long number ? (int) (long) number : otherwise;
    }

    private static List<String> texts(Line line, String key) {
        return line.others.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static List<Long> numbers(Line line, String key) {
        return line.others.get(key) instanceof List<?> list
                ? list.stream()
                        .map(one -> one instanceof Long number ? number : 0L)
                        .toList()
                : List.of();
    }

    /** Whether an object has been met, before which all types of an export have been told. */
    boolean sawObject() {
        return sawObject;
    }

    /** Index of the type of an object's line. Several threads may ask once {@link #sawObject}. */
    int indexOf(Line line) throws IOException {
        if (!sawObject) {
            sawObject = true;
        }
        if (line.typeIndex >= 0 && line.typeIndex < told.size()) {
            return line.typeIndex;
        }
        String name = String.valueOf(line.type);
        Integer known = byName.get(name);
        return told.size() + (known != null ? known : add(name));
    }

    private synchronized int add(String name) throws IOException {
        if (named.size() == MOST_NAMES) {
            throw new IOException(file + ": more than " + MOST_NAMES + " different types, \"" + name
                    + "\" the last of them; is \"type\" what objects are of?");
        }
        Integer known = byName.putIfAbsent(name, named.size());
        if (known != null) {
            return known;
        }
        named.add(new HeapType(told.size() + named.size(), name, name, 0, -1, 0, List.of(), List.of()));
        return named.size() - 1;
    }

    /** Once every line has been seen; types of an export come before all objects, so that indexes do not move. */
    void complete() throws IOException {
        if (classType >= told.size()) {
            throw new IOException(file + ": the first line says that type " + classType
                    + " is that of classes, but there are " + told.size() + " types; export it again");
        }
        for (Told one : told) {
            int parent = one.type().superIndex();
            if (parent < -1 || parent >= told.size()) {
                throw new IOException(
                        file + ": the super class of " + one.type().name() + " is type " + parent + ", but there are "
                                + told.size() + " types; export it again");
            }
        }
        List<HeapType> complete = new ArrayList<>();
        told.forEach(one -> complete.add(one.type()));
        complete.addAll(named);
        all = List.copyOf(complete);
    }

    /** All of them, once they are complete. */
    List<HeapType> all() {
        return all;
    }

    /** Number of types that were told; those behind are known by name only. */
    int told() {
        return told.size();
    }

    boolean isLossless() {
        return lossless;
    }

    int classType() {
        return classType;
    }

    int referenceBytes() {
        return referenceBytes;
    }

    GcRoots roots() {
        return roots;
    }

    List<String> primitiveNames(int type) {
        return type < told.size()
                ? told.get(type).primitives().stream().map(Primitive::name).toList()
                : List.of();
    }

    List<String> primitiveFieldTypes(int type) {
        return type < told.size()
                ? told.get(type).primitives().stream()
                        .map(field -> field.name() + ":" + field.type())
                        .toList()
                : List.of();
    }

    /** The type that a class object is of, -1 for any other object. */
    int representedBy(Line line, int type) {
        return type == classType && type >= 0 ? (int) byClassId.get(line.address) : -1;
    }

    /** A type and its super classes; ends where they go in a circle. */
    List<HeapType> lineage(int type) {
        List<HeapType> lineage = new ArrayList<>();
        for (int at = type; at >= 0 && at < told.size() && lineage.size() <= told.size(); ) {
            lineage.add(told.get(at).type());
            at = told.get(at).type().superIndex();
        }
        return lineage;
    }

    /** The reference fields of instances, those of the class first. */
    List<Place> places(int type) {
        return places.computeIfAbsent(
                type,
                index -> lineage(index).stream()
                        .flatMap(one -> one.fields().stream().map(field -> new Place(one.name(), field, false)))
                        .toList());
    }

    /** The primitive fields of instances, those of the class first. */
    List<Primitive> primitives(int type) {
        return lineage(type).stream()
                .flatMap(one -> told.get(one.index()).primitives().stream())
                .toList();
    }

    List<Primitive> staticPrimitives(int type) {
        return told.get(type).staticPrimitives();
    }

    long staticValue(int type, int index) {
        List<Long> values = told.get(type).staticValues();
        return index < values.size() ? values.get(index) : 0;
    }

    HeapType type(int index) {
        return told.get(index).type();
    }

    /** What a reference of a class object is: the loader first, then the static fields, then the rest of the record. */
    static String classField(HeapType type, int index) {
        int statics = type.statics().size();
        if (index > 0 && index <= statics) {
            return type.statics().get(index - 1).name();
        }
        int inRecord = index == 0 ? 0 : Math.min(index - statics, RECORD.size() - 1);
        return RECORD.get(inRecord);
    }

    /** Where the reference with an index in its line stands. */
    Place place(Line line, int type, int index) {
        if (type >= told.size()) {
            return new Place(named.get(type - told.size()).name(), "[" + index + "]", true);
        }
        int represented = representedBy(line, type);
        if (represented >= 0) {
            HeapType one = type(represented);
            String name = classField(one, index);
            return new Place(one.name(), name.startsWith("<") ? name : "static " + name, false);
        }
        List<Place> fields = places(type);
        return index < fields.size() ? fields.get(index) : new Place(type(type).name(), "[" + index + "]", true);
    }
}
