/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.HprofWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    private static final String FORM = "heapgauge ids: 0x0000001000000000 + (id << 3), zeros left out";

    @TempDir
    Path directory;

    private Path dump;

    @BeforeEach
    void nameDump() {
        dump = directory.resolve("test.hprof");
    }

    /** A class, and an array of it with two references and a null, all told by ids of four bytes. */
    private static HprofWriter shortDump(String form) {
        return new HprofWriter(4)
                .header()
                .utf8(0, form)
                .utf8(1, "com/acme/A")
                .loadClass(1, 0x10, 1)
                .segment(heap -> heap.objectArray(0xF000_0000L, 0x10, 0xF000_0002L, 0, 0x10))
                .end();
    }

    /** Ids as they are heard. */
    private List<Long> scan() throws IOException {
        List<Long> heard = new ArrayList<>();
        Ids[] ids = new Ids[1];
        HprofScanner.scan(dump, new HprofVisitor() {
            @Override
            public void header(HprofHeader header) {
                ids[0] = header.ids();
            }

            @Override
            public void loadClass(int serial, long classId, int stackSerial, long nameId) {
                heard.add(classId);
            }

            @Override
            public boolean objectArray(long id, long classId, int length, long offset) {
                heard.add(id);
                heard.add(classId);
                return true;
            }

            @Override
            public void elements(ByteBuffer window, int at, int count, boolean last) {
                for (int i = 0; i < count; i++) {
                    heard.add(ids[0].readValue(window, at + i * ids[0].bytes(), HprofType.OBJECT));
                }
            }
        });
        return heard;
    }

    @Test
    void short_ids_are_read_as_the_addresses_that_they_stand_for() throws IOException {
        shortDump(FORM).write(dump);

        assertThat(HprofScanner.header(dump))
                .returns(new Ids(4, 0x10_0000_0000L, 3), HprofHeader::ids)
                .returns(true, HprofHeader::brief);
        long classId = 0x10_0000_0080L;
        assertThat(scan()).containsExactly(classId, 0x17_8000_0000L, classId, 0x17_8000_0010L, 0L, classId);
    }

    @Test
    void a_name_of_another_id_is_a_name() throws IOException {
        new HprofWriter(4)
                .header()
                .utf8(7, FORM)
                .segment(heap -> heap.primitiveArray(0x20, FieldType.INT, 1))
                .end()
                .write(dump);

        assertThat(HprofScanner.header(dump).ids()).isEqualTo(Ids.of(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heapgauge ids: 0x000000100000000g + (id << 3), zeros left out",
                "heapgauge ids: 0x0000001000000000 - (id << 3), zeros left out",
                "heapgauge ids: 0x0000001000000000 + (id << 9), zeros left out",
                "heapgauge ids: 0x0000001000000000 + (id << /), zeros left out",
                "heapgauge ids: 0x0000001000000000 + (id << 3)",
                "heapgauge ids: 0x00000010",
                ""
            })
    void what_only_looks_alike_is_a_name(String form) throws IOException {
        shortDump(form).write(dump);

        assertThat(HprofScanner.header(dump).ids()).isEqualTo(Ids.of(4));
        assertThat(scan()).containsExactly(0x10L, 0xF000_0000L, 0x10L, 0xF000_0002L, 0L, 0x10L);
    }

    @Test
    void a_dump_that_ends_behind_its_header_has_plain_ids() throws IOException {
        new HprofWriter(4).header().write(dump);

        assertThat(HprofScanner.header(dump).ids()).isEqualTo(Ids.of(4));
    }

    @Test
    void ids_of_eight_bytes_are_never_short() throws IOException {
        new HprofWriter(8).header().utf8(0, FORM).write(dump);

        assertThat(HprofScanner.header(dump))
                .returns(Ids.of(8), HprofHeader::ids)
                .returns(false, HprofHeader::brief);
    }

    @Test
    void a_brief_dump_may_have_ids_of_eight_bytes() throws IOException {
        new HprofWriter(8).header().utf8(0, FORM.replaceAll("[13]", "0")).write(dump);

        assertThat(HprofScanner.header(dump))
                .returns(Ids.of(8), HprofHeader::ids)
                .returns(true, HprofHeader::brief);
    }

    @Test
    void the_values_of_primitives_do_not_change() {
        ByteBuffer window = ByteBuffer.allocate(8).putInt(-2).putInt(3);
        Ids ids = new Ids(4, 0x1000, 3);

        assertThat(ids.readValue(window, 0, HprofType.INT)).isEqualTo(-2);
        assertThat(ids.readValue(window, 0, HprofType.LONG)).isEqualTo(0xFFFF_FFFE_0000_0003L);
        assertThat(ids.readValue(window, 4, HprofType.OBJECT)).isEqualTo(0x1018);
    }
}
