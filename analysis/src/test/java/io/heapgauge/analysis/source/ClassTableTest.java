/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClassTableTest {
    private final ClassTable classes = new ClassTable(new Symbols(Monitor.NONE));

    @Test
    void a_class_of_id_zero_in_a_corrupt_dump_is_nobody_s_super_class() throws Exception {
        ClassDump zero = add(0, 0x10);
        ClassDump object = add(0x10, 0);
        ClassDump sub = add(0x20, 0x10);
        assertThat(classes.types()).extracting(HeapType::superIndex).containsExactly(1, -1, 1);
        Path file = Path.of("corrupt.hprof");
        assertThat(classes.lineage(zero, file)).containsExactly(zero, object);
        assertThat(classes.lineage(sub, file)).containsExactly(sub, object);
    }

    private ClassDump add(long id, long superId) {
        long[] none = {};
        byte[] noTypes = {};
        ClassDump dump = new ClassDump(100, 200, id, superId, 0, 0, 0, 0, none, none, noTypes, none, none, noTypes);
        classes.classDump(dump);
        return dump;
    }
}
