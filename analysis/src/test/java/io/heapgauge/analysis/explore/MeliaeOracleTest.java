/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our answers to questions about a dump that Meliae wrote, beside those that Meliae itself gave: rows are index, count,
 * percent, size, percent, cumulative percent, largest, type. Where they differ, a test says why.
 */
class MeliaeOracleTest {
    private static final long CACHE = 139770744374032L;
    private static final long LAST_CUSTOMER = 139770735725072L;

    private static Heap heap;

    @BeforeAll
    static void open() throws IOException, URISyntaxException {
        heap = Heap.open(
                Path.of(Objects.requireNonNull(MeliaeOracleTest.class.getResource("/meliae/heap27.all.json.gz"))
                        .toURI()));
    }

    @AfterAll
    static void close() throws IOException {
        heap.close();
    }

    @Test
    void the_whole_heap_is_summed_up_alike() {
        HeapSummary all = heap.summarize();
        assertThat(all.objects()).isEqualTo(90890);
        assertThat(all.bytes()).isEqualTo(12883446);
        assertThat(all.rows()).hasSize(68);
        assertTable(all, """
                 0   10579  11   7730248  60  60  196888 dict
                 1   25505  28   1344297  10  70    4871 str
                 2   10597  11    883400   6  77     216 tuple
                 3    5192   5    557352   4  81   43048 list
                 4    5000   5    360000   2  84      72 Slotted
                 5    5000   5    320000   2  86      64 Address
                 6    5000   5    320000   2  89      64 Customer
                 7   13163  14    315912   2  91      24 int
                 8     250   0    226000   1  93     904 type
                 9     142   0    169648   1  94  131304 set
                10     962   1    123136   0  95     128 code
                11    1023   1    122760   0  96     120 function
                12    5008   5    120192   0  97      24 float
                13    1106   1     88480   0  98      80 wrapper_descriptor
                14     670   0     48240   0  98      72 builtin_function_or_method
                15     583   0     41976   0  99      72 method_descriptor
                16     371   0     32648   0  99      88 weakref
                17      21   0     18984   0  99     904 ABCMeta
                18     209   0     15048   0  99      72 member_descriptor
                19     197   0     14184   0  99      72 getset_descriptor
                """);
    }

    /**
     * Meliae folds a dict into its module though functions refer to it as their globals. We fold only what has one owner: of
     * its 84 modules, 44 keep their dict beside them, and those 44 dicts are what its counts lack of ours.
     */
    @Test
    void collapsed_it_is_summed_up_alike_but_for_dicts_with_a_second_owner() {
        HeapSummary all = heap.collapsed().summarize();
        assertThat(all.objects()).isEqualTo(80721 + 44);
        assertThat(all.bytes()).isEqualTo(12883446);
        assertThat(all.rows()).hasSize(70);
        assertRow(all, 5000, 5560000, 1112, "Customer");
        assertRow(all, 5000, 1720000, 344, "Address");
        assertRow(all, 25505, 1344297, 4871, "str");
        assertRow(all, 10597, 883400, 216, "tuple");
        assertRow(all, 5192, 557352, 43048, "list");
        assertRow(all, 5000, 360000, 72, "Slotted");
        assertRow(all, 13163, 315912, 24, "int");
        assertRow(all, 250, 226000, 904, "type");
        assertRow(all, 63, 21672, 344, "WeakSet");
        HeapSummary.Row dicts = all.row("dict");
        HeapSummary.Row modules = all.row("module");
        assertThat(dicts.objects()).isEqualTo(410 + 44);
        assertThat(modules.objects()).isEqualTo(84);
        assertThat(dicts.bytes() + modules.bytes()).isEqualTo(782576 + 285504);
    }

    @Test
    void an_object_reaches_what_the_scanner_itself_found_in_the_process() {
        // Meliae's own answer of 10443788 lacks what its dangling references lead to; get_recursive_size walked the
        // process
        assertThat(heap.at(CACHE).reachable()).isEqualTo(12074672);
        assertThat(heap.at(CACHE).summarize().objects()).isEqualTo(83564);
        assertThat(heap.collapsed().at(CACHE).reachable()).isEqualTo(12074672);
    }

    /** Meliae counts a pseudo object of no bytes for all that it took out; we have no such object. */
    @Test
    void without_expensive_references_the_cache_owns_what_meliae_says() {
        HeapSummary owned =
                heap.collapsed().withoutExpensiveReferences().at(CACHE).summarize();
        assertThat(owned.objects()).isEqualTo(63996 - 1);
        assertThat(owned.bytes()).isEqualTo(10434678);
        assertTable(owned, """
                 0    5000   7   5560000  53  53    1112 Customer
                 1    5000   7   1720000  16  69     344 Address
                 2   20032  31    891366   8  78      51 str
                 3   10000  15    840000   8  86      88 tuple
                 4    5001   7    531048   5  91   43048 list
                 5    5000   7    360000   3  94      72 Slotted
                 6    8957  13    214968   2  96      24 int
                 7       1   0    196888   1  98  196888 dict
                 8    5000   7    120000   1  99      24 float
                 9       1   0       344   0  99     344 Cache
                10       2   0        48   0  99      24 bool
                11       1   0        16   0 100      16 NoneType
                """);
    }

    @Test
    void without_addresses_the_cache_owns_what_meliae_says() {
        HeapSummary owned = heap.collapsed()
                .withoutExpensiveReferences()
                .excludingTypes("Address")
                .at(CACHE)
                .summarize();
        assertThat(owned.objects()).isEqualTo(50019 - 1);
        assertThat(owned.bytes()).isEqualTo(8373788);
        assertTable(owned, """
                 0    5000   9   5560000  66  66    1112 Customer
                 1   10000  19    840000  10  76      88 tuple
                 2   15009  30    645372   7  84      51 str
                 3    5001   9    531048   6  90   43048 list
                 4    5000   9    360000   4  94      72 Slotted
                 5       1   0    196888   2  97  196888 dict
                 6    5003  10    120072   1  98      24 int
                 7    5000   9    120000   1  99      24 float
                 8       1   0       344   0  99     344 Cache
                 9       2   0        48   0  99      24 bool
                10       1   0        16   0 100      16 NoneType
                """);
    }

    @Test
    void the_cache_has_the_references_that_meliae_shows() {
        HeapObject cache = heap.collapsed().prepare(Index.PARENTS).at(CACHE);
        assertThat(cache).hasToString("Cache(0x" + Long.toHexString(CACHE) + " 344B 5refs 1par)");
        assertThat(cache.children())
                .extracting(HeapObject::type)
                .containsExactlyInAnyOrder("str", "dict", "str", "list", "type");
        assertThat(cache.asMap().keySet()).containsExactly("by_id", "log");
        assertThat(cache.asMap().get("by_id"))
                .hasToString("dict(0x7f1ee9910a70 196888B 10000refs 1par)")
                .extracting(HeapObject::references)
                .isEqualTo(10000);
        assertThat(cache.asMap().get("log").shallow()).isEqualTo(43048);
    }

    @Test
    void a_customer_is_described_as_meliae_describes_it() {
        HeapObject customer = heap.collapsed()
                .withoutExpensiveReferences()
                .prepare(Index.PARENTS)
                .at(LAST_CUSTOMER);
        assertThat(customer.shallow()).isEqualTo(1112);
        assertThat(customer.owned()).isEqualTo(2551);
        assertThat(customer).hasToString("Customer(0x7f1ee90d8a10 1112B 12refs 3par 2.5KiB owned)");
        // the 13th of Meliae's references is that to its pseudo object
        assertThat(customer.children())
                .extracting(HeapObject::address)
                .containsExactlyInAnyOrder(
                        139770735725104L,
                        139770735725200L,
                        139770735731008L,
                        139770735731328L,
                        139770744315744L,
                        139770744320048L,
                        139770744320096L,
                        139770744320192L,
                        139770744320240L,
                        139770746146656L,
                        139770750950112L,
                        94424705415496L);
        assertThat(customer.parents())
                .extracting(HeapObject::address)
                .hasSize(3)
                .contains(139770735731328L, 139770744343152L);
        Map<Object, HeapObject> fields = customer.asMap();
        assertThat(fields.keySet()).containsExactlyInAnyOrder("ident", "addr", "tags", "sl", "active", "name");
        assertThat(fields.get("ident").value()).isEqualTo(104999L);
        assertThat(fields.get("active").value()).isEqualTo(true);
        assertThat(fields.get("name").value()).isEqualTo("customer-04999");
        assertThat(fields.get("addr").type()).isEqualTo("Address");
    }

    @Test
    void strings_that_a_customer_reaches_come_in_meliaes_order() {
        HeapObjects strings =
                heap.collapsed().withoutExpensiveReferences().at(LAST_CUSTOMER).all("str");
        assertThat(strings)
                .extracting(HeapObject::shallow)
                .containsExactly(51L, 49L, 44L, 43L, 43L, 42L, 41L, 41L, 41L, 41L, 40L, 39L, 39L, 39L, 39L, 39L);
        assertThat(strings)
                .extracting(HeapObject::value)
                .startsWith("customer-04999", "street-04999", "city-19")
                .contains("zip", "sl", "t0", "t1", "t2", "t3");
    }

    @Test
    void without_gc_roots_there_are_no_retained_sizes_and_no_paths() {
        assertThat(heap.hasRoots()).isFalse();
        HeapObject cache = heap.at(CACHE);
        for (Runnable question : List.<Runnable>of(cache::retained, cache::pathToRoot, cache::dominators)) {
            assertThatThrownBy(question::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has no GC roots");
        }
        assertThat(heap.threads()).isEmpty();
    }

    /** Counts, sizes, largest and every percentage of rows in Meliae's layout. */
    private static void assertTable(HeapSummary summary, String rows) {
        List<String> expected =
                rows.lines().map(row -> row.strip().replaceAll(" +", " ")).toList();
        List<String> table = summary.table(expected.size()).lines().toList();
        assertThat(table.subList(2, 2 + expected.size()).stream()
                        .map(row -> row.strip().replaceAll(" +", " "))
                        .toList())
                .isEqualTo(expected);
    }

    private static void assertRow(HeapSummary summary, long objects, long bytes, long largest, String type) {
        HeapSummary.Row row = summary.row(type);
        assertThat(List.of(row.objects(), row.bytes(), row.largestBytes()))
                .as(type)
                .containsExactly(objects, bytes, largest);
    }
}
