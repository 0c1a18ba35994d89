/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.FixtureType;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.report.CollectionSummary;
import io.heapgauge.analysis.report.CollectionWaste;
import io.heapgauge.analysis.report.CollectionWaste.NotUnderstood;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseCollectionsTest {
    private static final String HASH_MAP = "java.util.HashMap";
    private static final String CONCURRENT = "java.util.concurrent.ConcurrentHashMap";

    private VmModel model = VmModel.DEFAULT;
    private FixtureHeap heap = new FixtureHeap();
    private long element;

    @TempDir
    private Path directory;

    @Test
    void hash_maps_count_by_their_used_slots() throws IOException {
        map(0, 0);
        map(0, 16);
        map(1, 16, 1);
        map(5, 16, 3);
        map(40, 16, 16);
        CollectionSummary row = row(measure(), HASH_MAP);
        long table = model.arrayBytes(16, 4);
        assertThat(row)
                .isEqualTo(new CollectionSummary(
                        HASH_MAP, 5, 2, 1, 2, 0, 4 * table, (15 + 13) * 4, 48 + table, row.holder()));
        assertThat(row.holder()).isNull();
    }

    @Test
    void an_element_of_a_list_takes_a_slot_even_if_it_is_null() throws IOException {
        list("java.util.ArrayList", "size", 100, 25);
        list("java.util.ArrayList", "size", 100, 24);
        list("java.util.ArrayList", "size", 7, 1);
        list("java.util.ArrayList", "size", 0, 0);
        list("java.util.ArrayList", "size", 10, 0);
        CollectionSummary row = row(measure(), "java.util.ArrayList");
        assertThat(row.objects()).isEqualTo(5);
        assertThat(row.empty()).isEqualTo(2);
        assertThat(row.single()).isEqualTo(1);
        assertThat(row.sparse()).isEqualTo(1);
        assertThat(row.unusedBytes()).isEqualTo((75 + 76 + 6) * 4);
        assertThat(row.emptyBytes()).isEqualTo(24 + model.arrayBytes(10, 4));
    }

    @Test
    void references_of_eight_bytes_waste_twice_as_much() throws IOException {
        model = new VmModel(16, 8, 8, false);
        heap = new FixtureHeap(8, model);
        list("java.util.ArrayList", "size", 100, 2);
        assertThat(row(measure(), "java.util.ArrayList").unusedBytes()).isEqualTo(98 * 8);
    }

    @Test
    void a_set_counts_with_its_map_and_the_map_does_not_count_again() throws IOException {
        heap.type("java.util.HashSet").field("map", FieldType.OBJECT);
        long map = map(0, 16);
        root("java.util.HashSet", Map.of("map", map));
        long tree = linked("java.util.TreeMap", 1);
        heap.type("java.util.TreeSet").field("m", FieldType.OBJECT);
        root("java.util.TreeSet", Map.of("m", tree));
        CollectionWaste waste = measure();
        assertThat(waste.collectionTypes())
                .extracting(CollectionSummary::type)
                .containsExactly("java.util.HashSet", "java.util.TreeSet");
        assertThat(row(waste, "java.util.HashSet").emptyBytes()).isEqualTo(16 + 48 + model.arrayBytes(16, 4));
        assertThat(row(waste, "java.util.TreeSet").single()).isEqualTo(1);
    }

    @Test
    void sub_classes_count_by_their_own_name_with_the_inherited_layout() throws IOException {
        declareMap();
        heap.type("java.util.LinkedHashMap").extending(HASH_MAP).field("head", FieldType.OBJECT);
        heap.type("com.acme.Cache").extending("java.util.LinkedHashMap").field("size", FieldType.INT);
        long table = slots(16, 1);
        root("com.acme.Cache", Map.of("java.util.HashMap#table", table, "java.util.HashMap#size", 1, "size", 99));
        CollectionSummary row = row(measure(), "com.acme.Cache");
        assertThat(row.single()).isEqualTo(1);
        assertThat(row.unusedBytes()).isEqualTo(15 * 4);
    }

    @Test
    void a_ring_goes_around_its_end() throws IOException {
        heap.type("java.util.ArrayDeque")
                .field("elements", FieldType.OBJECT)
                .field("head", FieldType.INT)
                .field("tail", FieldType.INT);
        root("java.util.ArrayDeque", Map.of("elements", slots(17, 0), "head", 5, "tail", 5));
        root("java.util.ArrayDeque", Map.of("elements", slots(17, 1), "head", 16, "tail", 0));
        root("java.util.ArrayDeque", Map.of("elements", slots(17, 7), "head", 0, "tail", 7));
        root("java.util.ArrayDeque", Map.of("elements", slots(17, 7), "head", 0, "tail", 17));
        CollectionWaste waste = measure();
        CollectionSummary row = row(waste, "java.util.ArrayDeque");
        assertThat(row.objects()).isEqualTo(3);
        assertThat(row.empty()).isEqualTo(1);
        assertThat(row.single()).isEqualTo(1);
        assertThat(row.sparse()).isEqualTo(1);
        assertThat(row.unusedBytes()).isEqualTo((16 + 10) * 4);
        assertThat(waste.notUnderstood()).containsExactly(new NotUnderstood("java.util.ArrayDeque", 1));
    }

    @Test
    void a_concurrent_map_with_counter_cells_is_estimated() throws IOException {
        heap.type(CONCURRENT)
                .field("table", FieldType.OBJECT)
                .field("baseCount", FieldType.LONG)
                .field("counterCells", FieldType.OBJECT);
        root(CONCURRENT, Map.of("table", slots(16, 4), "baseCount", 1L));
        root(CONCURRENT, Map.of("table", slots(16, 4), "baseCount", 0L, "counterCells", slots(2, 2)));
        root(CONCURRENT, Map.of("baseCount", 0L));
        CollectionSummary row = row(measure(), CONCURRENT);
        assertThat(row.objects()).isEqualTo(3);
        assertThat(row.empty()).isEqualTo(1);
        assertThat(row.single()).isEqualTo(1);
        assertThat(row.estimated()).isEqualTo(1);
        assertThat(row.unusedBytes()).isEqualTo(24 * 4);
    }

    @Test
    void other_lists_and_maps_are_known_by_their_fields() throws IOException {
        list("java.util.Vector", "elementCount", 10, 9);
        table("java.util.Hashtable", "table", "count", 11, 3);
        table("java.util.IdentityHashMap", "table", "size", 64, 2);
        table("java.util.WeakHashMap", "table", "size", 16, 1);
        table("java.util.ImmutableCollections$MapN", "table", "size", 8, 4);
        table("java.util.ImmutableCollections$SetN", "elements", "size", 8, 4);
        linked("java.util.LinkedList", 0);
        heap.type("java.util.PriorityQueue").field("queue", FieldType.OBJECT).field("size", FieldType.INT);
        root("java.util.PriorityQueue", Map.of("queue", slots(11, 5), "size", 5));
        whole("java.util.ImmutableCollections$ListN", "elements", 3);
        long copied = whole("java.util.concurrent.CopyOnWriteArrayList", "array", 0);
        heap.type("java.util.concurrent.CopyOnWriteArraySet").field("al", FieldType.OBJECT);
        root("java.util.concurrent.CopyOnWriteArraySet", Map.of("al", copied));
        CollectionWaste waste = measure();
        assertThat(waste.notUnderstood()).isEmpty();
        assertThat(waste.collectionTypes()).hasSize(10);
        assertThat(waste.collections().objects()).isEqualTo(10);
        assertThat(waste.collections().empty()).isEqualTo(2);
        assertThat(waste.collections().unusedBytes()).isEqualTo((1 + 8 + 62 + 15 + 4 + 4 + 6) * 4);
    }

    @Test
    void properties_are_their_map_since_jdk_9_and_a_hashtable_before() throws IOException {
        heap.type("java.util.Hashtable").field("table", FieldType.OBJECT).field("count", FieldType.INT);
        heap.type("java.util.Properties").extending("java.util.Hashtable").field("defaults", FieldType.OBJECT);
        root("java.util.Properties", Map.of("table", slots(11, 1), "count", 1));
        assertThat(row(measure(), "java.util.Properties").single()).isEqualTo(1);

        heap = new FixtureHeap();
        heap.type("java.util.Hashtable").field("table", FieldType.OBJECT).field("count", FieldType.INT);
        heap.type("java.util.Properties")
                .extending("java.util.Hashtable")
                .field("defaults", FieldType.OBJECT)
                .field("map", FieldType.OBJECT);
        root("java.util.Properties", Map.of("map", map(2, 16, 2)));
        CollectionSummary row = row(measure(), "java.util.Properties");
        assertThat(row.empty()).isZero();
        assertThat(row.unusedBytes()).isEqualTo(14 * 4);
    }

    @Test
    void classes_with_other_fields_and_instances_that_make_no_sense_are_not_understood() throws IOException {
        heap.type("java.util.Vector").field("buffer", FieldType.OBJECT).field("elementCount", FieldType.INT);
        root("java.util.Vector", Map.of("elementCount", 3));
        heap.type("java.util.Stack").extending("java.util.Vector");
        root("java.util.Stack", Map.of());
        heap.type("java.util.TreeMap").field("size", FieldType.OBJECT);
        root("java.util.TreeMap", Map.of());
        list("java.util.ArrayList", "size", 3, 4);
        list("java.util.ArrayList", "size", 3, -1);
        root("java.util.ArrayList", Map.of("elementData", element(), "size", 0));
        heap.type("java.util.HashSet").field("map", FieldType.OBJECT);
        long set = root("java.util.HashSet", Map.of());
        root("java.util.HashSet", Map.of("map", set));
        CollectionWaste waste = measure();
        assertThat(waste.collectionTypes()).isEmpty();
        assertThat(waste.collections().objects()).isZero();
        assertThat(waste.notUnderstood())
                .containsExactly(
                        new NotUnderstood("java.util.ArrayList", 3),
                        new NotUnderstood("java.util.HashSet", 2),
                        new NotUnderstood("java.util.Stack", 1),
                        new NotUnderstood("java.util.TreeMap", 1),
                        new NotUnderstood("java.util.Vector", 1));
    }

    @Test
    void a_class_of_the_same_name_in_another_loader_is_no_collection() throws IOException {
        FixtureType other = heap.sameNamedType("java.util.ArrayList", element()).field("size", FieldType.INT);
        heap.root(RootKind.JNI_GLOBAL, heap.instanceOf(other, Map.of("size", 5)));
        CollectionWaste waste = measure();
        assertThat(waste.collectionTypes()).isEmpty();
        assertThat(waste.notUnderstood()).isEmpty();
    }

    @Test
    void an_array_that_two_lists_share_is_wasted_once() throws IOException {
        declareList("java.util.ArrayList", "size");
        long shared = slots(10, 1);
        root("java.util.ArrayList", Map.of("elementData", shared, "size", 1));
        root("java.util.ArrayList", Map.of("elementData", shared, "size", 1));
        CollectionSummary row = row(measure(), "java.util.ArrayList");
        assertThat(row.unusedBytes()).isEqualTo(9 * 4);
        assertThat(row.arrayBytes()).isEqualTo(model.arrayBytes(10, 4));
    }

    @Test
    void arrays_of_no_collection_have_rows_of_their_own() throws IOException {
        list("java.util.ArrayList", "size", 50, 0);
        heap.root(RootKind.JNI_GLOBAL, slots("com.acme.Thing[]", 20, 0));
        heap.root(RootKind.JNI_GLOBAL, slots("com.acme.Thing[]", 20, 4));
        heap.root(RootKind.JNI_GLOBAL, slots("com.acme.Thing[]", 20, 5));
        heap.root(RootKind.JNI_GLOBAL, slots("com.acme.Thing[]", 0, 0));
        heap.root(RootKind.JNI_GLOBAL, slots("com.acme.Other[]", 7, 1));
        slots("com.acme.Garbage[]", 100, 0);
        CollectionWaste waste = measure();
        long bytes = model.arrayBytes(20, 4);
        assertThat(waste.arrayTypes())
                .containsExactly(
                        new CollectionSummary(
                                "com.acme.Thing[]",
                                4,
                                1,
                                0,
                                1,
                                0,
                                3 * bytes + model.arrayBytes(0, 4),
                                16 * 4,
                                bytes,
                                null),
                        new CollectionSummary("com.acme.Other[]", 1, 0, 1, 0, 0, model.arrayBytes(7, 4), 0, 0, null));
        assertThat(waste.arrays().objects()).isEqualTo(5);
        assertThat(waste.arrays().wastedBytes()).isEqualTo(16 * 4 + bytes);
    }

    @Test
    void the_holder_is_where_most_bytes_are_wasted_and_never_an_inner_object() throws IOException {
        heap.type("com.acme.Few").field("list", FieldType.OBJECT);
        heap.type("com.acme.Many").field("list", FieldType.OBJECT);
        heap.type("com.acme.View").field("this$0", FieldType.OBJECT);
        long large = list("java.util.ArrayList", "size", 1_000, 1);
        root("com.acme.Few", Map.of("list", large));
        root("com.acme.View", Map.of("this$0", large));
        root("com.acme.View", Map.of("this$0", large));
        for (int i = 0; i < 9; i++) {
            root("com.acme.Many", Map.of("list", list("java.util.ArrayList", "size", 10, 1)));
        }
        CollectionSummary row = row(measure(), "java.util.ArrayList");
        assertThat(row.holder()).isNotNull();
        assertThat(row.holder().field()).isEqualTo("com.acme.Few#list");
        assertThat(row.holder().references()).isEqualTo(1);
    }

    @Test
    void rows_beyond_the_limit_are_in_the_totals() throws IOException {
        list("java.util.ArrayList", "size", 1_000, 1);
        list("java.util.Vector", "elementCount", 10, 1);
        CollectionWaste waste = inspector().collections(1);
        assertThat(waste.collectionTypes()).extracting(CollectionSummary::type).containsExactly("java.util.ArrayList");
        assertThat(waste.collections().objects()).isEqualTo(2);
        assertThat(waste.collections().wastedBytes()).isEqualTo((999 + 9) * 4);
    }

    private CollectionWaste measure() throws IOException {
        return inspector().collections(100);
    }

    private HeapInspector inspector() throws IOException {
        return HeapInspector.of(
                heap.write(directory.resolve("collections.hprof")),
                AnalysisRequest.builder()
                        .vmModel(model)
                        .scratchDirectory(directory)
                        .build());
    }

    private static CollectionSummary row(CollectionWaste waste, String type) {
        return waste.collectionTypes().stream()
                .filter(row -> row.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " is not in " + waste));
    }

    private long root(String type, Map<String, ?> values) {
        long id = heap.instance(type, values);
        heap.root(RootKind.JNI_GLOBAL, id);
        return id;
    }

    private long element() {
        if (element == 0) {
            element = root("java.lang.Object", Map.of());
        }
        return element;
    }

    private long slots(int length, int used) {
        return slots("java.lang.Object[]", length, used);
    }

    private long slots(String type, int length, int used) {
        long[] elements = new long[length];
        for (int i = 0; i < used; i++) {
            elements[length - 1 - i] = element();
        }
        return heap.objectArray(type, elements);
    }

    private void declareMap() {
        if (heap.types().stream().noneMatch(type -> type.typeName().equals(HASH_MAP))) {
            heap.type(HASH_MAP).field("table", FieldType.OBJECT).field("entrySet", FieldType.OBJECT);
            heap.type(HASH_MAP).field("keySet", FieldType.OBJECT).field("values", FieldType.OBJECT);
            heap.type(HASH_MAP).field("size", FieldType.INT).field("modCount", FieldType.INT);
            heap.type(HASH_MAP).field("threshold", FieldType.INT).field("loadFactor", FieldType.FLOAT);
        }
    }

    private long map(int size, int length, int... used) {
        declareMap();
        return root(
                HASH_MAP,
                length == 0
                        ? Map.of("size", size)
                        : Map.of("size", size, "table", slots(length, used.length == 0 ? 0 : used[0])));
    }

    private void declareList(String type, String size) {
        if (heap.types().stream().noneMatch(known -> known.typeName().equals(type))) {
            heap.type(type).field("elementData", FieldType.OBJECT).field(size, FieldType.INT);
        }
    }

    /** A list whose elements are all null. */
    private long list(String type, String sizeField, int length, int size) {
        declareList(type, sizeField);
        return root(type, Map.of("elementData", slots(length, 0), sizeField, size));
    }

    private void table(String type, String array, String sizeField, int length, int used) {
        heap.type(type).field(array, FieldType.OBJECT).field(sizeField, FieldType.INT);
        root(type, Map.of(array, slots(length, used), sizeField, used));
    }

    private long linked(String type, int size) {
        heap.type(type).field("size", FieldType.INT);
        return root(type, Map.of("size", size));
    }

    private long whole(String type, String array, int length) {
        heap.type(type).field(array, FieldType.OBJECT);
        return root(type, Map.of(array, slots(length, length)));
    }
}
