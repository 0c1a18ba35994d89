/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;

class TypesMessageTest {
    private static final int MAGIC = 0x48475459;

    private static byte[] message(int magic, int version, int classes, long totalObjects) {
        return message(magic, version, classes, totalObjects, 1);
    }

    private static byte[] message(int magic, int version, int classes, long totalObjects, long reached) {
        byte[] name = "[Ljava/lang/String;".getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(12 + 42 + name.length + 52);
        out.putInt(magic).putInt(version).putInt(classes);
        out.putLong(3).putLong(72).putLong(32).putLong(reached).putLong(24 * reached);
        out.putShort((short) name.length).put(name);
        out.putLong(totalObjects)
                .putLong(72)
                .putLong(reached)
                .putLong(24 * reached)
                .putLong(1)
                .putLong(24);
        Adler32 sum = new Adler32();
        sum.update(out.array(), 0, out.position());
        out.putInt((int) sum.getValue());
        return out.array();
    }

    @Test
    void itsClassesAreRead() throws Exception {
        VmHistogram read = TypesMessage.parse(message(MAGIC, 2, 1, 3));
        assertThat(read.types())
                .singleElement()
                .satisfies(type -> assertThat(type.name()).isEqualTo("java.lang.String[]"));
        assertThat(read.tally().totalObjects()).isEqualTo(3);
        assertThat(read.tally().totalBytes()).isEqualTo(72);
        assertThat(read.tally().largest()).containsExactly(32);
        assertThat(read.reached().objects()).containsExactly(1);
        assertThat(read.reached().bytes()).containsExactly(24);
        assertThat(read.weaklyHeldObjects()).isEqualTo(1);
        assertThat(read.weaklyHeldBytes()).isEqualTo(24);
    }

    @Test
    void everyCutIsNoticed() {
        byte[] whole = message(MAGIC, 2, 1, 3);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> TypesMessage.parse(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void everyGarbledByteIsNoticed() {
        byte[] whole = message(MAGIC, 2, 1, 3);
        for (int at = 0; at < whole.length; at++) {
            byte[] garbled = whole.clone();
            garbled[at] ^= 0x10;
            assertThatThrownBy(() -> TypesMessage.parse(garbled)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatLiesWithASoundCheckSumIsNoticedToo() {
        assertThatThrownBy(() -> TypesMessage.parse(message(7, 2, 1, 3))).hasMessageContaining("does not begin as one");
        assertThatThrownBy(() -> TypesMessage.parse(message(MAGIC, 9, 1, 3))).hasMessageContaining("version 9");
        assertThatThrownBy(() -> TypesMessage.parse(message(MAGIC, 2, 1_000_000, 3)))
                .hasMessageContaining("1000000 classes");
        assertThatThrownBy(() -> TypesMessage.parse(message(MAGIC, 2, 1, 4))).hasMessageContaining("add up");
        assertThatThrownBy(() -> TypesMessage.parse(message(MAGIC, 2, 1, 3, 4)))
                .hasMessageContaining("more that is reached than there is");
        assertThatThrownBy(() -> TypesMessage.parse(message(MAGIC, 2, 1, 3, 3)))
                .hasMessageContaining("more that is held weakly than there is");
    }
}
