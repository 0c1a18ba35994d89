/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SymbolsTest {
    private static final long CLASS = 0x100;
    private static final long FIRST = 0x10;
    private static final long SECOND = 0x20;

    private final Symbols symbols = new Symbols(Monitor.NONE);

    private void name(long id, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        symbols.utf8(id, ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    @Test
    void a_class_that_was_asked_for_before_its_name_came_has_it_then() {
        assertThat(symbols.ofClass(CLASS)).isEqualTo("unnamed class 0x100");
        symbols.loadClass(1, CLASS, 0, FIRST);
        assertThat(symbols.ofClass(CLASS)).isEqualTo("name 0x10");
        name(FIRST, "com/acme/Basket");
        assertThat(symbols.ofClass(CLASS)).isEqualTo("com.acme.Basket");
    }

    @Test
    void of_two_records_that_load_a_class_the_later_one_counts() {
        name(FIRST, "com/acme/Basket");
        name(SECOND, "[Lcom/acme/Basket;");
        symbols.loadClass(1, CLASS, 0, FIRST);
        assertThat(symbols.ofClass(CLASS)).isEqualTo("com.acme.Basket");
        symbols.loadClass(2, CLASS, 0, SECOND);
        assertThat(symbols.ofClass(CLASS)).isEqualTo("com.acme.Basket[]");
    }
}
