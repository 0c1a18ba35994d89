/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.hprof.HprofType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private final ContentHash hash = new ContentHash();
    private final Set<Long> first = new HashSet<>();
    private final Set<Long> second = new HashSet<>();
    private int hashed;

    @Test
    void the_same_bytes_have_the_same_hash_however_they_come_in_pieces() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            hash(HprofType.BYTE, bytes.length, bytes);
            long whole = hash.hash();
            long otherWhole = hash.otherHash();
            ByteBuffer shifted = ByteBuffer.allocateDirect(bytes.length + 8);
            int shift = random.nextInt(8);
            shifted.put(shift, bytes);
            hash.start(HprofType.BYTE, bytes.length);
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, random.nextInt(20));
                hash.add(shifted, shift + at, count);
                at += count;
            }
            hash.end();
            assertThat(hash.hash()).as("round %d", round).isEqualTo(whole);
            assertThat(hash.otherHash()).as("round %d", round).isEqualTo(otherWhole);
        }
    }

    @Test
    void zeros_of_every_type_and_length_differ_in_both_halves() {
        for (int type = HprofType.BOOLEAN; type < HprofType.CODES; type++) {
            for (int length = 0; length < 2_000; length++) {
                add(type, length, new byte[length * HprofType.primitiveBytes(type)]);
            }
        }
        assertNoneAlike();
    }

    @Test
    void numbers_that_count_up_and_sparse_bits_differ_in_both_halves() {
        for (long i = 0; i < 300_000; i++) {
            add(HprofType.LONG, 2, ByteBuffer.allocate(16).putLong(i).array());
        }
        for (long i = 1; i < 300_000; i++) {
            add(HprofType.LONG, 2, ByteBuffer.allocate(16).putLong(8, i).array());
        }
        for (int a = 0; a < 256; a++) {
            for (int b = a; b < 256; b++) {
                byte[] bytes = new byte[32];
                bytes[a / 8] ^= (byte) (1 << a % 8);
                bytes[b / 8] ^= (byte) (a == b ? 0 : 1 << b % 8);
                add(HprofType.BYTE, 32, bytes);
            }
        }
        assertNoneAlike();
    }

    @Test
    void the_same_words_in_another_order_have_another_hash() {
        for (int rotation = 0; rotation < 1_000; rotation++) {
            ByteBuffer words = ByteBuffer.allocate(8_000);
            for (int i = 0; i < 1_000; i++) {
                words.putLong((i + rotation) % 1_000);
            }
            add(HprofType.LONG, 1_000, words.array());
        }
        assertNoneAlike();
    }

    @Test
    void one_bit_more_flips_every_bit_of_the_hash_half_of_the_time() {
        int samples = 4_000;
        int[] flips = new int[128];
        Random random = new Random(2);
        for (int sample = 0; sample < samples; sample++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            hash(HprofType.BYTE, bytes.length, bytes);
            long before = hash.hash();
            long otherBefore = hash.otherHash();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            hash(HprofType.BYTE, bytes.length, bytes);
            for (int bit = 0; bit < 64; bit++) {
                flips[bit] += (int) ((before ^ hash.hash()) >>> bit & 1);
                flips[64 + bit] += (int) ((otherBefore ^ hash.otherHash()) >>> bit & 1);
            }
        }
        // six standard deviations are 190
        assertThat(Arrays.stream(flips)).allMatch(flipped -> Math.abs(flipped - samples / 2) < 190);
    }

    private void hash(int type, int length, byte[] bytes) {
        hash.start(type, length);
        hash.add(ByteBuffer.wrap(bytes), 0, bytes.length);
        hash.end();
    }

    private void add(int type, int length, byte[] bytes) {
        hash(type, length, bytes);
        first.add(hash.hash());
        second.add(hash.otherHash());
        hashed++;
    }

    private void assertNoneAlike() {
        assertThat(first).hasSize(hashed);
        assertThat(second).hasSize(hashed);
    }
}
