/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** Names lie in a window of the file, across its end, and with records of other kinds between them. */
    @Test
    void every_name_before_the_heap_is_known_whatever_its_length(@TempDir Path directory) throws IOException {
        for (int idBytes = 4; idBytes <= 8; idBytes += 4) {
            Random random = new Random(7);
            Map<Long, String> names = new LinkedHashMap<>();
            HprofWriter dump = new HprofWriter(idBytes).header();
            for (long id = 0x1000; id < 0x3000; id++) {
                int length = random.nextInt(100) == 0 ? random.nextInt(40_000) : random.nextInt(60);
                names.put(id, "n" + id + "é".repeat(length));
                dump.utf8(id, names.get(id));
                if (random.nextInt(500) == 0) {
                    dump.loadClass((int) id, id << 8, id);
                }
            }
            dump.segment(heap -> {}).end();
            for (Path file : List.of(
                    dump.write(directory.resolve("plain.hprof")),
                    dump.writeGzip(directory.resolve("packed.hprof.gz")))) {
                Symbols read = new Symbols(Monitor.NONE);
                HprofScanner.prefix(file, read);
                names.forEach((id, name) -> assertThat(read.get(id)).isEqualTo(name));
                Symbols oneByOne = new Symbols(Monitor.NONE);
                HprofScanner.scan(file, oneByOne);
                names.forEach((id, name) -> assertThat(oneByOne.get(id)).isEqualTo(name));
            }
        }
    }

    @Test
    void a_name_of_the_vm_is_told_by_its_first_character() {
        name(FIRST, "<resolved_references>");
        name(SECOND, "");
        assertThat(symbols.startsWith(FIRST, '<')).isTrue();
        assertThat(symbols.startsWith(FIRST, 'r')).isFalse();
        assertThat(symbols.startsWith(SECOND, '<')).isFalse();
        assertThat(symbols.startsWith(0x30, 'n')).isFalse();
    }
}
