/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import static io.heapgauge.analysis.fixture.FieldType.BOOLEAN;
import static io.heapgauge.analysis.fixture.FieldType.BYTE;
import static io.heapgauge.analysis.fixture.FieldType.CHAR;
import static io.heapgauge.analysis.fixture.FieldType.DOUBLE;
import static io.heapgauge.analysis.fixture.FieldType.INT;
import static io.heapgauge.analysis.fixture.FieldType.LONG;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.FixtureType;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.jsonl.ExportProfile;
import io.heapgauge.analysis.layout.VmModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapTest {
    private static final long ABSENT = 0x2fff_fff8L;

    private final FixtureHeap made = new FixtureHeap();
    private Heap heap;
    private long leaf;
    private long middle;
    private long top;
    private long array;
    private long name;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        made.type("com.acme.Base").field("name", OBJECT).field("id", INT);
        made.type("com.acme.Node")
                .extending("com.acme.Base")
                .field("next", OBJECT)
                .field("other", OBJECT)
                .field("name", OBJECT)
                .field("big", LONG)
                .field("share", DOUBLE)
                .field("on", BOOLEAN)
                .field("letter", CHAR)
                .staticField("FIRST", OBJECT)
                .staticField("COUNT", INT);
        name = made.string("leaf's name");
        leaf = made.instance("com.acme.Node", Map.of("com.acme.Node#name", name));
        middle = made.instance(
                "com.acme.Node",
                Map.of("next", leaf, "big", -5L, "share", 0.5, "on", (byte) 1, "letter", 'x', "id", 7));
        array = made.objectArray("com.acme.Node[]", leaf, 0, middle, leaf);
        top = made.instance("com.acme.Node", Map.of("next", middle, "other", array));
        made.type("com.acme.Node").set("FIRST", top).set("COUNT", 3);
        made.root(RootKind.STICKY_CLASS, made.type("com.acme.Node").classId());
        heap = opened();
    }

    private Heap opened() throws IOException {
        return Heap.open(made.write(directory.resolve("made.hprof")), request().build());
    }

    private static AnalysisRequest.Builder request() {
        return AnalysisRequest.builder().vmModel(VmModel.DEFAULT).directScratch();
    }

    @AfterEach
    void close() throws IOException {
        heap.close();
    }

    private HeapObject at(long id) {
        return heap.at(id);
    }

    @Test
    void fields_have_their_own_names_and_those_that_are_hidden_the_name_of_their_class() {
        assertThat(at(middle).fields().keySet())
                .containsExactly("next", "other", "name", "big", "share", "on", "letter", "com.acme.Base#name", "id");
        assertThat(at(middle).fields())
                .containsEntry("next", at(leaf))
                .containsEntry("other", null)
                .containsEntry("big", -5L)
                .containsEntry("share", 0.5)
                .containsEntry("on", true)
                .containsEntry("letter", 'x')
                .containsEntry("id", 7);
        HeapObject type = at(made.type("com.acme.Node").classId());
        assertThat(type.type()).isEqualTo("class com.acme.Node");
        assertThat(type.value()).isEqualTo("com.acme.Node");
        assertThat(type.fields()).containsEntry("FIRST", at(top)).containsEntry("COUNT", 3);
        assertThat(type.fields().get("<super>"))
                .isEqualTo(at(made.type("com.acme.Base").classId()));
    }

    @Test
    void a_path_of_names_and_indexes_leads_to_a_child() {
        assertThat(at(top).child("next.next")).isEqualTo(at(leaf));
        assertThat(at(top).child("other.[2].next")).isEqualTo(at(leaf));
        assertThat(at(top).child("next.next.name").value()).isEqualTo("leaf's name");
        assertThatThrownBy(() -> at(top).child("nxt"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("has no field 'nxt'; it has [next, other, name,");
        assertThatThrownBy(() -> at(leaf).child("next"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("'next' of com.acme.Node(0x")
                .hasMessageContaining(" is null");
        assertThatThrownBy(() -> at(middle).child("big")).hasMessageContaining("is -5, not an object");
        assertThatThrownBy(() -> at(array).child("[4]")).hasMessageContaining("has no element [4]");
        assertThatThrownBy(() -> at(array).child("[x]")).hasMessageContaining("expected an index");
    }

    @Test
    void children_are_there_as_often_as_they_are_referred_to_and_by_index_from_either_end() {
        assertThat(at(array).children()).containsExactly(at(leaf), at(middle), at(leaf));
        assertThat(at(array).child(0)).isEqualTo(at(leaf));
        assertThat(at(array).child(-2)).isEqualTo(at(middle));
        assertThat(at(array).references()).isEqualTo(3);
        assertThatThrownBy(() -> at(array).child(3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("has 3 references, there is no 3");
    }

    @Test
    void parents_are_there_once_each() {
        assertThat(at(leaf).parents()).containsExactlyInAnyOrder(at(middle), at(array));
        assertThat(at(top).parents())
                .containsExactly(at(made.type("com.acme.Node").classId()));
        assertThat(at(top).parents().get(0).parents()).isEmpty();
    }

    @Test
    void a_description_tells_more_as_more_is_known() {
        String hex = "0x" + Long.toHexString(leaf);
        assertThat(at(leaf)).hasToString("com.acme.Node(" + hex + " " + made.shallowBytes(leaf) + "B 1refs)");
        heap.prepare(Index.PARENTS);
        assertThat(at(leaf)).hasToString("com.acme.Node(" + hex + " " + made.shallowBytes(leaf) + "B 1refs 2par)");
        heap.prepare(Index.RETAINED);
        assertThat(at(leaf).toString()).endsWith("2par " + at(leaf).retained() + "B retained)");
        assertThat(at(name).toString()).contains(" 1par ").endsWith("B retained 'leaf's name')");
        assertThat(heap.all("com.acme.Node").toString())
                .contains("     0  com.acme.Node(0x")
                .endsWith("3 objects, " + 3 * made.shallowBytes(leaf) + " bytes");
    }

    @Test
    void an_object_that_the_dump_does_not_have_is_a_placeholder() throws IOException {
        made.set(middle, "other", ABSENT);
        heap.close();
        heap = opened();
        HeapObject absent = at(ABSENT);
        assertThat(absent.isMissing()).isTrue();
        assertThat(absent)
                .hasToString("<missing>(0x2ffffff8)")
                .isEqualTo(at(middle).field("other"));
        assertThat(at(middle).children()).containsExactly(at(leaf), absent);
        assertThat(absent.children()).isEmpty();
        assertThat(absent.parents()).isEmpty();
        assertThat(absent.fields()).isEmpty();
        assertThat(absent.walk()).isEmpty();
        assertThat(absent.all("*")).isEmpty();
        assertThat(absent.value()).isNull();
        assertThat(absent.length()).isEqualTo(-1);
        assertThat(absent.shallow() + absent.reachable() + absent.owned() + absent.retained())
                .isZero();
        assertThat(absent.pathToRoot().isReached()).isFalse();
        assertThat(absent.dominators()).isEmpty();
        assertThat(absent.dominated()).isEmpty();
        assertThat(absent.loader()).isEmpty();
        assertThat(absent.references()).isZero();
    }

    @Test
    void a_walk_starts_with_the_object_and_takes_the_last_reference_first() {
        try (Stream<HeapObject> walk = at(top).walk()) {
            assertThat(walk.map(HeapObject::address))
                    .startsWith(top, array)
                    .contains(middle, leaf, name)
                    .doesNotHaveDuplicates()
                    .hasSize(6);
        }
    }

    @Test
    void what_is_excluded_is_not_owned_but_still_reachable() {
        long all = at(top).reachable();
        Heap without = heap.excluding(at(middle), at(array));
        assertThat(without.at(top).owned()).isEqualTo(made.shallowBytes(top));
        assertThat(without.at(top).reachable()).isEqualTo(all);
        assertThat(without.at(middle).owned()).as("starts always count").isGreaterThan(made.shallowBytes(middle));
        assertThat(heap.at(top).owned()).as("views are reversible").isEqualTo(all);
        assertThat(heap.excludingTypes("com.acme.Node[]", "java.*").at(top).owned())
                .isEqualTo(3 * made.shallowBytes(leaf));
        assertThat(heap.excludingPackages("java").at(top).owned())
                .isEqualTo(3 * made.shallowBytes(leaf) + made.shallowBytes(array));
        assertThat(heap.excluding(object -> object.type().endsWith("[]"))
                        .at(top)
                        .owned())
                .isEqualTo(3 * made.shallowBytes(leaf) + made.shallowBytes(name));
    }

    private long bytesOfName() {
        return at(name).child("value").shallow();
    }

    @Test
    void objects_of_another_dump_or_of_none_are_refused() throws IOException {
        try (Heap other = opened()) {
            HeapObject stranger = other.at(leaf);
            assertThat(stranger).isNotEqualTo(at(leaf));
            for (Runnable mistake : List.<Runnable>of(
                    () -> heap.excluding(stranger), () -> heap.summarize(stranger), () -> heap.summarize(at(ABSENT)))) {
                assertThatThrownBy(mistake::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageMatching("(?s).*(another dump|does not have this object).*");
            }
            assertThatThrownBy(() -> heap.export(directory.resolve("x.jsonl"), ExportProfile.MELIAE, stranger))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        HeapObject part = at(name).child("value");
        assertThat(heap.collapsed().summarize(part).bytes()).isEqualTo(at(name).owned());
    }

    @Test
    void a_field_that_is_excluded_is_not_followed_but_others_to_the_same_object_are() {
        Heap without = heap.excludingFields("com.acme.Node#other");
        assertThat(without.at(top).children()).containsExactly(at(middle));
        assertThat(without.at(top).owned()).isEqualTo(at(top).reachable() - made.shallowBytes(array));
        assertThat(without.at(array).parents()).isEmpty();
        assertThat(heap.excludingFields("com.acme.Node#next").at(array).owned())
                .isEqualTo(at(top).reachable() - made.shallowBytes(top));
        assertThatThrownBy(() -> heap.excludingFields("com.acme.Node#big"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no class of the dump declares such a field with references");
        assertThatThrownBy(() -> heap.excludingFields("next")).hasMessageContaining("expected Class#field");
    }

    @Test
    void types_are_found_by_name_pattern_sub_classes_and_loader() throws IOException {
        long loader = made.instance("java.lang.ClassLoader");
        FixtureType second = made.sameNamedType("com.acme.Node", loader);
        long twin = made.instanceOf(second, Map.of());
        heap.close();
        heap = opened();
        assertThat(heap.all("com.acme.Node")).hasSize(4);
        assertThat(heap.all("com.acme.Node@0x" + Long.toHexString(loader))).containsExactly(at(twin));
        assertThat(heap.all("com.acme.Node@0x0")).hasSize(3);
        assertThat(heap.all("com.acme.Base")).isEmpty();
        assertThat(heap.all("com.acme.Base+")).hasSize(3);
        assertThat(heap.all("com.acme.*")).hasSize(5);
        assertThat(heap.all("com.acme.Nobody")).isEmpty();
        assertThat(at(twin).loader()).contains(at(loader));
        assertThat(at(twin).toString()).contains(" loader 0x" + Long.toHexString(loader));
        assertThat(at(leaf).toString()).contains(" loader 0x0");
        assertThatThrownBy(() -> heap.all("")).hasMessageContaining("expected a class name");
        assertThatThrownBy(() -> heap.all("A@0xzz")).hasMessageContaining("expected the address of a class loader");
    }

    @Test
    void objects_of_a_type_come_largest_first_then_by_references_then_by_parents() throws IOException {
        long small = made.objectArray("com.acme.Node[]", leaf);
        long full = made.objectArray("com.acme.Node[]", leaf, middle, leaf, middle);
        heap.close();
        heap = opened();
        assertThat(heap.all("com.acme.Node[]")).containsExactly(at(full), at(array), at(small));
        heap.prepare(Index.PARENTS);
        // all of one size and, but for the top, with one reference: the leaf has the most parents
        assertThat(heap.all("com.acme.Node")).containsExactly(at(top), at(leaf), at(middle));
    }

    @Test
    void values_are_told_with_their_true_length() throws IOException {
        String text = "x".repeat(250);
        long longText = made.string(text);
        byte[] utf16 = "gr\u00fc\u00df \u20ac\ud83d\ude00".getBytes(StandardCharsets.UTF_16LE);
        long wide = made.instance(
                "java.lang.String", Map.of("value", made.primitiveArray(BYTE, utf16.length, utf16), "coder", (byte) 1));
        long chars = made.primitiveArray(CHAR, 2, new byte[] {0, 'h', 0, 'i'});
        long ints = made.primitiveArray(INT, 150);
        made.type("java.lang.Integer").field("value", INT);
        made.type("java.lang.Enum").field("name", OBJECT).field("ordinal", INT);
        made.type("com.acme.Color").extending("java.lang.Enum");
        long boxed = made.instance("java.lang.Integer", Map.of("value", -3));
        long red = made.instance("com.acme.Color", Map.of("name", made.string("RED")));
        long thread = made.thread("worker-1");
        long empty = made.instance("java.lang.String");
        heap.close();
        heap = opened();
        assertThat(at(longText).value()).isEqualTo("x".repeat(100));
        assertThat(at(longText).text(1000)).contains(text);
        assertThat(at(longText).length()).isEqualTo(250);
        assertThat(at(wide).value()).isEqualTo("gr\u00fc\u00df \u20ac\ud83d\ude00");
        assertThat(at(wide).length()).isEqualTo(utf16.length / 2);
        assertThat(at(chars).value()).isEqualTo("hi");
        assertThat(at(ints).value()).asString().startsWith("[0, 0, ").endsWith(", …]");
        assertThat(at(ints).length()).isEqualTo(150);
        assertThat(at(boxed).value()).isEqualTo(-3);
        assertThat(at(red).value()).isEqualTo("RED");
        assertThat(at(thread).value()).isEqualTo("worker-1");
        assertThat(at(empty).value()).isNull();
        assertThat(at(leaf).value()).isNull();
        assertThat(at(leaf).length()).isEqualTo(-1);
        assertThat(at(array).length()).isEqualTo(4);
        assertThat(heap.longestStrings(1)).containsExactly(at(longText));
        assertThat(heap.strings(Pattern.compile("worker-\\d"))).hasSize(1);
    }

    @Test
    void arrays_are_lists_with_their_nulls_and_what_is_no_collection_is_refused() {
        assertThat(at(array).asList()).containsExactly(at(leaf), null, at(middle), at(leaf));
        assertThatThrownBy(() -> at(leaf).asList())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is no collection that is known here; look at its fields() instead");
        assertThatThrownBy(() -> at(array).asMap()).hasMessageContaining("is no map that is known here");
    }

    @Test
    void paths_name_static_fields_fields_and_elements() {
        HeapPath path = at(leaf).pathToRoot();
        assertThat(path.rootKind()).isEqualTo("sticky class");
        assertThat(path.steps())
                .extracting(HeapPath.Step::via)
                .startsWith("", "static FIRST")
                .hasSize(4);
        assertThat(path.toString())
                .startsWith("held by: sticky class\n  class com.acme.Node(0x")
                .contains("  static FIRST -> com.acme.Node(0x");
        assertThat(at(array).pathToRoot().steps())
                .extracting(HeapPath.Step::via)
                .containsExactly("", "static FIRST", "other");
    }

    @Test
    void a_path_of_a_long_list_shows_its_ends() throws IOException {
        long at = leaf;
        for (int i = 0; i < 100; i++) {
            long next = made.instance("com.acme.Node");
            made.set(at, "next", next);
            at = next;
        }
        heap.close();
        heap = opened();
        HeapPath path = at(at).pathToRoot();
        assertThat(path.steps()).hasSize(104);
        assertThat(path.toString().lines()).hasSize(42).contains("  ... 64 more");
        assertThat(path.toString()).endsWith("next -> " + at(at) + "\n");
        assertThat(at(at).dominators()).hasSize(102);
    }

    @Test
    void dominators_and_retained_sizes_are_those_of_the_dominator_tree() {
        HeapObject type = at(made.type("com.acme.Node").classId());
        assertThat(at(leaf).dominators()).containsExactly(at(top), type);
        assertThat(at(top).dominated()).containsExactlyInAnyOrder(at(middle), at(array), at(leaf));
        assertThat(at(top).dominated().get(0)).as("largest retained size first").isEqualTo(at(leaf));
        assertThat(at(top).retained()).isEqualTo(at(top).reachable());
        assertThat(type.dominators()).isEmpty();
        assertThat(heap.largestRetainers(2)).containsExactly(type, at(top));
    }

    @Test
    void a_lock_that_is_held_or_waited_for_does_not_own_the_threads() throws IOException {
        long thread = made.instance("java.lang.Thread", Map.of("target", leaf));
        made.type("java.util.concurrent.locks.AbstractOwnableSynchronizer")
                .field("exclusiveOwnerThread", FieldType.OBJECT);
        made.type("java.util.concurrent.locks.AbstractQueuedSynchronizer$Node").field("waiter", FieldType.OBJECT);
        long lock = made.instance(
                "java.util.concurrent.locks.AbstractOwnableSynchronizer", Map.of("exclusiveOwnerThread", thread));
        long waiting =
                made.instance("java.util.concurrent.locks.AbstractQueuedSynchronizer$Node", Map.of("waiter", thread));
        heap.close();
        heap = opened();
        assertThat(at(lock).owned()).isEqualTo(made.shallowBytes(lock));
        assertThat(at(waiting).owned()).isEqualTo(made.shallowBytes(waiting));
        assertThat(heap.with(EdgeFilter.OBJECT_TO_CLASS, EdgeFilter.LOCK_TO_WAITER)
                        .at(lock)
                        .children())
                .containsExactly(at(thread));
        assertThat(heap.with(EdgeFilter.OBJECT_TO_CLASS, EdgeFilter.LOCK_TO_OWNER)
                        .at(waiting)
                        .children())
                .containsExactly(at(thread));
    }

    @Test
    void edges_to_classes_and_loaders_are_left_out_unless_a_view_follows_them() throws IOException {
        long weak = made.weakReference(leaf);
        heap.close();
        heap = opened();
        assertThat(at(weak).children()).isEmpty();
        assertThat(at(weak).owned()).isEqualTo(made.shallowBytes(weak));
        Heap all = heap.with();
        assertThat(all.at(weak).children())
                .containsExactly(at(made.type("java.lang.ref.WeakReference").classId()), at(leaf));
        assertThat(heap.with(EdgeFilter.OBJECT_TO_CLASS).at(weak).children()).containsExactly(at(leaf));
        assertThat(all.toString())
                .contains("made.hprof: ")
                .contains(" objects, ")
                .endsWith("references, without []");
        assertThat(heap.collapsed().excludingTypes("A", "B").toString()).endsWith(", collapsed, 2 exclusions");
    }

    @Test
    void threads_have_frames_with_what_they_hold() throws IOException {
        long thread = made.thread("worker");
        long local = made.instance("com.acme.Node");
        made.frameLocal(thread, local);
        long jni = made.instance("com.acme.Node");
        made.threadRoot(RootKind.NATIVE_STACK, thread, jni);
        heap.close();
        heap = opened();
        HeapThread worker = heap.threads().stream()
                .filter(one -> one.name().equals("worker"))
                .findFirst()
                .orElseThrow();
        assertThat(worker.object()).isEqualTo(at(thread));
        assertThat(worker.frames()).hasSize(1);
        assertThat(worker.frames().get(0).toString()).endsWith(".run(Fixture.java:42)");
        assertThat(worker.frames().get(0).locals()).containsExactly(at(local));
        assertThat(worker.locals()).containsExactly(at(local), at(jni));
        assertThat(worker.retained()).isEqualTo(at(thread).retained() + 2 * made.shallowBytes(local));
        assertThat(worker.summarize().row("com.acme.Node").objects()).isEqualTo(2);
        assertThat(worker.trace()).startsWith("\"worker\" java.lang.Thread(0x").contains("    at ");
        assertThat(worker.threadLocals()).isEmpty();
    }

    @Test
    void strings_are_folded_with_their_bytes() {
        Heap collapsed = heap.collapsed();
        HeapObject text = collapsed.at(name);
        assertThat(text.shallow()).isEqualTo(made.shallowBytes(name) + bytesOfName());
        assertThat(text.children()).isEmpty();
        assertThat(collapsed.at(at(name).child("value").address()))
                .as("a part is its owner")
                .isEqualTo(text);
        assertThat(text.parents()).containsExactly(at(leaf));
        assertThat(collapsed.summarize().bytes()).isEqualTo(heap.summarize().bytes());
        assertThat(collapsed.summarize().objects()).isEqualTo(heap.summarize().objects() - 1);
        assertThat(collapsed.at(top).summarize().bytes()).isEqualTo(at(top).reachable());
        assertThat(heap.at(name).shallow()).as("reversible").isEqualTo(made.shallowBytes(name));
    }

    @Test
    void a_compressed_dump_is_unpacked_beside_the_scratch_and_that_is_gone_in_the_end() throws IOException {
        Path gzip = directory.resolve("made.hprof.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            Files.copy(directory.resolve("made.hprof"), out);
        }
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        try (Heap unpacked = Heap.open(gzip, request().scratchDirectory(scratch).build())) {
            assertThat(unpacked.at(middle).fields().toString())
                    .isEqualTo(at(middle).fields().toString());
            try (Stream<Path> files = Files.list(scratch)) {
                Path file = files.findFirst().orElseThrow();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(scratch).isEmptyDirectory();
        byte[] whole = Files.readAllBytes(gzip);
        Files.write(gzip, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() ->
                        Heap.open(gzip, request().scratchDirectory(scratch).build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("made.hprof.gz: at offset ")
                .hasMessageContaining("the dump is truncated");
        Files.write(gzip, whole);
        assertThatThrownBy(() -> Heap.open(
                        gzip,
                        request()
                                .scratchDirectory(scratch)
                                .scratchBudgetBytes(100)
                                .build()))
                .hasMessageContaining("more than the scratch budget of 100 bytes");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void an_export_is_for_its_owner_only_and_never_takes_the_place_of_a_file() throws IOException {
        Path lines = directory.resolve("made.jsonl");
        heap.export(lines, ExportProfile.MELIAE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lines)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> heap.export(lines, ExportProfile.MELIAE))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> heap.collapsed().export(directory.resolve("no.jsonl"), ExportProfile.LOSSLESS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not collapsed");
        assertThat(directory.resolve("no.jsonl")).doesNotExist();
    }

    @Test
    void an_export_has_meliaes_keys_in_meliaes_order_and_no_values_where_none_are_wanted() throws IOException {
        Path lines = directory.resolve("made.jsonl");
        heap.export(lines, ExportProfile.MELIAE);
        long value = at(name).child("value").address();
        assertThat(Files.readAllLines(lines))
                .hasSize(heap.size())
                .contains("{\"address\": " + name + ", \"type\": \"java.lang.String\", \"size\": 24, \"len\": 11,"
                        + " \"value\": \"leaf's name\", \"refs\": [" + value + "]}")
                .contains("{\"address\": " + value + ", \"type\": \"byte[]\", \"size\": 32, \"len\": 11, \"refs\": []}")
                .anyMatch(line -> line.contains("\"type\": \"java.lang.Class\", \"size\": ")
                        && line.contains("\"name\": \"com.acme.Node\", \"refs\": ["));
        for (ExportProfile profile : List.of(ExportProfile.MELIAE, ExportProfile.LOSSLESS)) {
            Path without = directory.resolve("without.jsonl");
            Files.deleteIfExists(without);
            heap.export(without, profile.withoutValues());
            assertThat(Files.readString(without)).doesNotContain("leaf's").doesNotContain("-5");
        }
    }

    @Test
    void a_summary_by_count_has_the_most_frequent_types_first() {
        HeapSummary summary = at(top).summarize();
        assertThat(summary.byCount().rows().get(0).type()).isEqualTo("com.acme.Node");
        assertThat(summary.byCount().rows()).hasSameElementsAs(summary.rows());
        assertThat(summary.row("com.acme.Node").largestAddress()).isEqualTo(top);
        assertThat(summary.row("nothing").objects()).isZero();
        assertThat(summary.toString())
                .isEqualTo(summary.table(20))
                .startsWith("Total 6 objects, 4 types, total size = ");
    }

    @Test
    void what_has_changed_is_told_by_type() throws IOException {
        made.instance("com.acme.Node");
        Path later = made.write(directory.resolve("later.hprof"));
        try (Heap now = Heap.open(later, request().build())) {
            assertThat(now.since(heap).types().get(0).type()).isEqualTo("com.acme.Node");
            assertThat(now.since(heap).types().get(0).deltaObjects()).isEqualTo(1);
        }
    }
}
