/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.source.VmHistogram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;

class MeasuresMessageTest {
    private static final int MAGIC = 0x48475459;

    /** A message of one class with three objects, 72 bytes, and two roots: one measured, one gone. */
    private static final class Message {
        int magic = MAGIC;
        int version = 3;
        int level = 2;
        int classes = 1;
        long totalObjects = 3;
        long reached = 2;
        int roots = 2;
        int state = 0;
        long reachable = 2;
        int rows = 1;
        int type = 0;
        long rowObjects = 2;
        long retained = 1;
        int detail = 5;
        int extra = 0;

        byte[] bytes() {
            byte[] name = "[Ljava/lang/String;".getBytes(StandardCharsets.UTF_8);
            ByteBuffer out = ByteBuffer.allocate(400);
            out.putInt(magic).putInt(version).put((byte) level).putInt(classes);
            out.putLong(3)
                    .putLong(72)
                    .putLong(32)
                    .putLong(4_096)
                    .putLong(reached)
                    .putLong(24 * reached);
            out.putShort((short) name.length).put(name);
            out.putLong(totalObjects).putLong(72).putLong(reached).putLong(24 * reached);
            out.putLong(1).putLong(24);
            out.putInt(roots);
            out.put((byte) state).put((byte) 0).putLong(1);
            putWalk(out, reachable, rows, rowObjects);
            out.put((byte) 0);
            putWalk(out, 1, 1, 1);
            out.put((byte) 1).putLong(retained).putLong(24 * retained);
            out.put((byte) 1).put((byte) detail);
            out.put(new byte[extra]);
            return sealed(Arrays.copyOf(out.array(), out.position() + Integer.BYTES));
        }

        private void putWalk(ByteBuffer out, long objects, int count, long counted) {
            out.putLong(objects).putLong(24 * objects).putInt(1).putInt(count);
            out.putInt(type).putLong(counted).putLong(24 * counted).putLong(24);
        }
    }

    private static byte[] sealed(byte[] message) {
        Adler32 sum = new Adler32();
        int end = message.length - Integer.BYTES;
        sum.update(message, 0, end);
        ByteBuffer.wrap(message).putInt(end, (int) sum.getValue());
        return message;
    }

    @Test
    void its_classes_are_read() throws IOException {
        MeasuresMessage.Content read = MeasuresMessage.parse(new Message().bytes());
        VmHistogram types = read.types();
        assertThat(read.level()).isEqualTo(Level.RETAINED);
        assertThat(types.types())
                .singleElement()
                .satisfies(type -> assertThat(type.name()).isEqualTo("java.lang.String[]"));
        assertThat(types.tally().totalObjects()).isEqualTo(3);
        assertThat(types.tally().totalBytes()).isEqualTo(72);
        assertThat(types.tally().largest()).containsExactly(32);
        assertThat(types.tally().nativeBytes()).containsExactly(4_096);
        assertThat(types.reached().objects()).containsExactly(2);
        assertThat(types.reached().bytes()).containsExactly(48);
        assertThat(types.weaklyHeldObjects()).isEqualTo(1);
        assertThat(types.weaklyHeldBytes()).isEqualTo(24);
    }

    @Test
    void its_roots_are_read() throws IOException {
        MeasuresMessage.Content read = MeasuresMessage.parse(new Message().bytes());
        MeasuresMessage.Root first = read.roots().get(0);
        assertThat(first.state()).isEqualTo(RootState.MEASURED);
        assertThat(first.starts()).isEqualTo(1);
        assertThat(first.reachable().total()).isEqualTo(new Size(2, 48));
        assertThat(first.reachable().type()).containsExactly(0);
        assertThat(first.reachable().objects()).containsExactly(2);
        assertThat(first.owned().total()).isEqualTo(new Size(1, 24));
        assertThat(first.owned().isWhole()).isTrue();
        assertThat(first.retained()).isEqualTo(new Size(1, 24));
        MeasuresMessage.Root second = read.roots().get(1);
        assertThat(second.state()).isEqualTo(RootState.GONE);
        assertThat(second.detail()).isEqualTo(5);
        assertThat(second.reachable()).isNull();
        assertThat(read.roots()).hasSize(2);
    }

    @Test
    void of_types_alone_nothing_is_known_to_be_reached() throws IOException {
        byte[] message = new Message().bytes();
        byte[] types = Arrays.copyOf(message, message.length);
        types[8] = 0;
        assertThatThrownBy(() -> MeasuresMessage.parse(sealed(types)))
                .as("it has roots")
                .isInstanceOf(IOException.class);
        int endOfTotals = 13 + 50 + 19 + 48;
        byte[] without = Arrays.copyOf(types, endOfTotals + 8);
        ByteBuffer.wrap(without).putInt(endOfTotals, 0);
        MeasuresMessage.Content read = MeasuresMessage.parse(sealed(without));
        assertThat(read.level()).isEqualTo(Level.TYPES);
        assertThat(read.types().reached()).isNull();
    }

    @Test
    void every_cut_is_noticed() {
        byte[] whole = new Message().bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MeasuresMessage.parse(cut)).isInstanceOf(IOException.class);
            if (length >= Integer.BYTES) {
                assertThatThrownBy(() -> MeasuresMessage.parse(sealed(cut))).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void every_garbled_byte_is_noticed() {
        byte[] whole = new Message().bytes();
        for (int at = 0; at < whole.length; at++) {
            byte[] garbled = whole.clone();
            garbled[at] ^= 0x10;
            assertThatThrownBy(() -> MeasuresMessage.parse(garbled)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void garbage_with_a_sound_check_sum_gives_an_answer_or_a_clear_refusal() {
        Random random = new Random(3);
        byte[] whole = new Message().bytes();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] garbled = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                garbled[random.nextInt(garbled.length - Integer.BYTES)] = (byte) random.nextInt();
            }
            try {
                MeasuresMessage.parse(sealed(garbled));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void what_lies_with_a_sound_check_sum_is_noticed_too() {
        refuses("does not begin as one", message -> message.magic = 7);
        refuses("version 9", message -> message.version = 9);
        refuses("level 3", message -> message.level = 3);
        refuses("1000000 classes", message -> message.classes = 1_000_000);
        refuses("add up to its totals", message -> message.totalObjects = 4);
        refuses("more that is reached than there is", message -> message.reached = 4);
        refuses("more that is held weakly than there is", message -> message.reached = 3);
        refuses("1000000 configured roots", message -> message.roots = 1_000_000);
        refuses("root in state 4", message -> message.state = 4);
        refuses("root that does not add up", message -> message.reachable = 1);
        refuses("1000000 rows", message -> message.rows = 1_000_000);
        refuses("class number 1", message -> message.type = 1);
        refuses("more than is reached", message -> message.rowObjects = 3);
        refuses("retains more than is reached", message -> message.retained = 3);
        refuses("state", message -> message.detail = -1);
        refuses("too long by 3 bytes", message -> message.extra = 3);
    }

    private interface Lie {
        void tell(Message message);
    }

    private static void refuses(String reason, Lie lie) {
        Message message = new Message();
        lie.tell(message);
        assertThatThrownBy(() -> MeasuresMessage.parse(message.bytes()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }
}
