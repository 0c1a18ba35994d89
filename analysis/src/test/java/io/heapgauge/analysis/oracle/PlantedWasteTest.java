/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.report.CollectionSummary;
import io.heapgauge.analysis.report.CollectionWaste;
import io.heapgauge.analysis.report.DuplicateGroup;
import io.heapgauge.analysis.report.Duplicates;
import io.heapgauge.analysis.report.MainHolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of the JVM that runs the test, with waste that the test has put there. */
class PlantedWasteTest {
    private static final class PlantedMap extends HashMap<Object, Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        PlantedList(int capacity) {
            super(capacity);
        }
    }

    private static final class PlantedSet extends HashSet<Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedTree extends TreeMap<Object, Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedTreeSet extends TreeSet<Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedConcurrent extends ConcurrentHashMap<Object, Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedDeque extends ArrayDeque<Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedQueue extends PriorityQueue<Integer> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedIdentity extends IdentityHashMap<Object, Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedWeak extends WeakHashMap<Object, Object> {}

    private static final class PlantedProperties extends Properties {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedVector extends Vector<Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedLinked extends LinkedList<Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class PlantedCopied extends CopyOnWriteArrayList<Object> {
        private static final long serialVersionUID = 1L;
    }

    private static final class Holder {
        String name = "";
        long[] numbers = {};
        Object collection = "";
    }

    private final List<Holder> planted = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void planted_waste_is_found_to_the_last_object() throws IOException {
        String text = "planted-" + System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            Holder holder = plant("");
            holder.name = new String(text.toCharArray());
            if (i < 50) {
                holder.numbers = new long[321];
                Arrays.fill(holder.numbers, 0x1234_5678_9abcL);
            }
        }
        plantCollections();
        Path dump = directory.resolve("planted.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        HeapInspector inspector = HeapInspector.of(
                dump, AnalysisRequest.builder().scratchDirectory(directory).build());
        checkDuplicates(inspector.duplicates(500), text);
        CollectionWaste waste = inspector.collections(1_000);
        checkMapsAndLists(waste);
        checkOthers(waste);
        assertThat(waste.notUnderstood()).isEmpty();
        assertThat(planted).hasSize(1_000 + 300 + 200 + 12);
        Files.delete(dump);
    }

    private Holder plant(Object collection) {
        Holder holder = new Holder();
        holder.collection = collection;
        planted.add(holder);
        return holder;
    }

    private void plantCollections() {
        for (int i = 0; i < 300; i++) {
            Map<Object, Object> map = new PlantedMap();
            map.put("", "");
            map.clear();
            plant(map);
        }
        for (int i = 0; i < 200; i++) {
            List<Object> list = new PlantedList(100);
            list.add("");
            list.add(null);
            plant(list);
        }
        List<Integer> numbers = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Set<Object> set = new PlantedSet();
        plant(set);
        set.addAll(numbers);
        Map<Object, Object> tree = new PlantedTree();
        plant(tree);
        tree.put(1, 2);
        plant(new PlantedTreeSet());
        Map<Object, Object> concurrent = new PlantedConcurrent();
        plant(concurrent);
        numbers.forEach(number -> concurrent.put(number, number));
        ArrayDeque<Object> deque = new PlantedDeque();
        plant(deque);
        for (int i = 0; i < 40; i++) {
            deque.add(i);
            if (i > 0) {
                deque.remove();
            }
        }
        PriorityQueue<Integer> queue = new PlantedQueue();
        plant(queue);
        queue.addAll(numbers);
        Map<Object, Object> identity = new PlantedIdentity();
        plant(identity);
        identity.put("", "");
        plant(new PlantedWeak());
        Properties properties = new PlantedProperties();
        plant(properties);
        properties.setProperty("a", "b");
        plant(new PlantedVector());
        plant(new PlantedLinked());
        List<Object> copied = new PlantedCopied();
        plant(copied);
        copied.addAll(numbers);
    }

    private static void checkDuplicates(Duplicates duplicates, String text) {
        // the local variable of the test is one more
        DuplicateGroup strings = duplicates.groups().stream()
                .filter(group -> group.copies() == 1_001)
                .findFirst()
                .orElseThrow();
        assertThat(strings.kind()).isEqualTo("java.lang.String");
        assertThat(strings.length()).isEqualTo(text.getBytes(StandardCharsets.ISO_8859_1).length);
        assertThat(strings.wastedBytes()).isEqualTo(1_000 * strings.copyBytes());
        assertThat(strings.holder()).isEqualTo(new MainHolder(Holder.class.getName() + "#name", 1_000));
        DuplicateGroup arrays = duplicates.groups().stream()
                .filter(group -> group.kind().equals("long[]") && group.length() == 321)
                .findFirst()
                .orElseThrow();
        assertThat(arrays.copies()).isEqualTo(50);
        assertThat(arrays.wastedBytes()).isEqualTo(49 * arrays.copyBytes());
        assertThat(arrays.copyBytes()).isBetween(321 * 8L + 8, 321 * 8L + 24);
        assertThat(arrays.holder()).isEqualTo(new MainHolder(Holder.class.getName() + "#numbers", 50));
    }

    private static void checkMapsAndLists(CollectionWaste waste) {
        CollectionSummary maps = row(waste, PlantedMap.class);
        assertThat(maps.objects()).isEqualTo(300);
        assertThat(maps.empty()).isEqualTo(300);
        assertThat(maps.unusedBytes()).isZero();
        assertThat(maps.emptyBytes()).isGreaterThan(maps.arrayBytes()).isGreaterThan(300 * (16 * 4 + 40));
        assertThat(maps.holder()).isEqualTo(new MainHolder(Holder.class.getName() + "#collection", 300));
        CollectionSummary lists = row(waste, PlantedList.class);
        assertThat(lists.objects()).isEqualTo(200);
        assertThat(lists.sparse()).isEqualTo(200);
        assertThat(lists.unusedBytes()).isIn(200 * 98 * 4L, 200 * 98 * 8L);
        assertThat(lists.holder()).isEqualTo(new MainHolder(Holder.class.getName() + "#collection", 200));
    }

    private static void checkOthers(CollectionWaste waste) {
        long slotBytes = row(waste, PlantedList.class).unusedBytes() / (200 * 98);
        // class, elements (0, 1 or many), unused slots of those with elements
        check(waste, PlantedSet.class, 9, 16 - 9, slotBytes);
        check(waste, PlantedTree.class, 1, 0, slotBytes);
        check(waste, PlantedTreeSet.class, 0, 0, slotBytes);
        check(waste, PlantedConcurrent.class, 9, 16 - 9, slotBytes);
        check(waste, PlantedQueue.class, 9, 11 - 9, slotBytes);
        check(waste, PlantedIdentity.class, 1, 64 - 2, slotBytes);
        check(waste, PlantedWeak.class, 0, 0, slotBytes);
        check(waste, PlantedVector.class, 0, 0, slotBytes);
        check(waste, PlantedLinked.class, 0, 0, slotBytes);
        check(waste, PlantedCopied.class, 9, 0, slotBytes);
        check(
                waste,
                PlantedProperties.class,
                1,
                row(waste, PlantedProperties.class).unusedBytes() / slotBytes,
                slotBytes);
        assertThat(row(waste, PlantedProperties.class).unusedBytes()).isPositive();
        // the capacity of a deque differs between JDKs
        CollectionSummary deque = row(waste, PlantedDeque.class);
        assertThat(deque.single()).isEqualTo(1);
        assertThat(deque.unusedBytes()).isBetween(15 * slotBytes, 17 * slotBytes);
        assertThat(row(waste, PlantedWeak.class).emptyBytes()).isGreaterThan(16 * slotBytes);
        assertThat(row(waste, PlantedVector.class).emptyBytes()).isGreaterThan(10 * slotBytes);
    }

    private static void check(CollectionWaste waste, Class<?> type, int elements, long unusedSlots, long slotBytes) {
        CollectionSummary row = row(waste, type);
        assertThat(row.objects()).as(type.getName()).isEqualTo(1);
        assertThat(row.empty()).as(type.getName()).isEqualTo(elements == 0 ? 1 : 0);
        assertThat(row.single()).as(type.getName()).isEqualTo(elements == 1 ? 1 : 0);
        assertThat(row.estimated()).as(type.getName()).isZero();
        assertThat(row.unusedBytes()).as(type.getName()).isEqualTo(unusedSlots * slotBytes);
    }

    private static CollectionSummary row(CollectionWaste waste, Class<?> type) {
        return waste.collectionTypes().stream()
                .filter(row -> row.type().equals(type.getName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " is not in " + waste));
    }
}
