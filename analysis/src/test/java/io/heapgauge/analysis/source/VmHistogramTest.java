/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.graph.HeapType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VmHistogramTest {
    private static final String TEXT = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         77576        4953896  [B (java.base@17.0.15)
               2:             3             72  [Lcom.acme.Order;
               3:             1             32  [[Lcom.acme.Order;
               4:             2             32  com.acme.Shop$$Lambda$217/0x00007f21d0150208
               5:             1             16  jdk.proxy2.$Proxy12 (jdk.proxy2)
            Total         77583        4954048
            """;

    @Test
    void rows_become_types_with_the_names_that_dumps_give_them() throws IOException {
        VmHistogram histogram = VmHistogram.parse(TEXT);
        assertThat(histogram.types())
                .extracting(HeapType::displayName)
                .containsExactly(
                        "byte[]",
                        "com.acme.Order[]",
                        "com.acme.Order[][]",
                        "com.acme.Shop$$Lambda",
                        "jdk.proxy2.$Proxy");
        assertThat(histogram.tally().objects()).containsExactly(77576, 3, 1, 2, 1);
        assertThat(histogram.tally().bytes()).containsExactly(4953896, 72, 32, 32, 16);
    }

    @Test
    void the_largest_object_is_known_where_there_is_one() throws IOException {
        assertThat(VmHistogram.parse(TEXT).tally().largest()).containsExactly(0, 0, 32, 0, 16);
    }

    @Test
    void an_empty_heap_has_no_rows() throws IOException {
        assertThat(VmHistogram.parse("Total 0 0").types()).isEmpty();
    }

    @Test
    void rows_that_do_not_add_up_are_told() {
        assertThatThrownBy(() -> VmHistogram.parse(TEXT.replace("4954048", "4954049")))
                .isInstanceOf(IOException.class)
                .hasMessage("the rows of the VM's class histogram add up to 77583 objects and 4954048 bytes; its totals"
                        + " are 77583 and 4954049");
    }

    @Test
    void text_that_is_no_histogram_is_told() {
        assertThatThrownBy(() -> VmHistogram.parse("Dump failed\nsorry"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no line of totals")
                .hasMessageContaining("Dump failed");
    }
}
