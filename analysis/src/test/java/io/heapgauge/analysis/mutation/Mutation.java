/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.mutation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Ways to spoil a dump. */
enum Mutation {
    BITS_FLIPPED {
        @Override
        byte[] of(Spoiler dump) {
            for (int i = dump.upTo(8); i >= 0; i--) {
                dump.bytes[dump.upTo(dump.bytes.length)] ^= (byte) (1 << dump.upTo(8));
            }
            return dump.bytes;
        }
    },
    HEADER_OVERWRITTEN {
        @Override
        byte[] of(Spoiler dump) {
            dump.bytes[dump.upTo(dump.places.headerBytes)] = (byte) dump.random.nextInt();
            return dump.bytes;
        }
    },
    ID_SIZE_LIED {
        @Override
        byte[] of(Spoiler dump) {
            int[] sizes = {4, 8, 0, 1, 16, -1, Integer.MIN_VALUE};
            int other = dump.places.idBytes == 4 ? 8 : 4;
            int size = dump.random.nextBoolean() ? other : sizes[dump.upTo(sizes.length)];
            dump.buffer.putInt(dump.places.headerBytes - 12, size);
            return dump.bytes;
        }
    },
    BYTES_OVERWRITTEN {
        @Override
        byte[] of(Spoiler dump) {
            byte[] noise = new byte[1 + dump.upTo(64)];
            switch (dump.upTo(3)) {
                case 0 -> Arrays.fill(noise, (byte) 0xff);
                case 1 -> dump.random.nextBytes(noise);
                default -> Arrays.fill(noise, (byte) dump.upTo(40));
            }
            int at = dump.upTo(dump.bytes.length);
            System.arraycopy(noise, 0, dump.bytes, at, Math.min(noise.length, dump.bytes.length - at));
            return dump.bytes;
        }
    },
    FILE_CUT_OFF {
        @Override
        byte[] of(Spoiler dump) {
            return Arrays.copyOf(dump.bytes, dump.upTo(dump.bytes.length));
        }
    },
    BYTES_CUT_OUT {
        @Override
        byte[] of(Spoiler dump) {
            int from = dump.upTo(dump.bytes.length);
            return dump.replaced(from, Math.min(dump.bytes.length, from + 1 + dump.upTo(100)), new byte[0]);
        }
    },
    BYTES_PUT_IN {
        @Override
        byte[] of(Spoiler dump) {
            byte[] noise = new byte[1 + dump.upTo(64)];
            dump.random.nextBytes(noise);
            int at = dump.upTo(dump.bytes.length);
            return dump.replaced(at, at, noise);
        }
    },
    RECORD_CUT_OUT {
        @Override
        byte[] of(Spoiler dump) {
            int record = dump.any(dump.places.records);
            return dump.replaced(record, dump.recordEnd(record), new byte[0]);
        }
    },
    RECORD_DOUBLED {
        @Override
        byte[] of(Spoiler dump) {
            int record = dump.any(dump.places.records);
            byte[] copy = Arrays.copyOfRange(dump.bytes, record, dump.recordEnd(record));
            int at = dump.any(dump.places.records);
            return dump.replaced(at, at, copy);
        }
    },
    RECORDS_SHUFFLED {
        @Override
        byte[] of(Spoiler dump) {
            List<Integer> order = new ArrayList<>(dump.places.records);
            java.util.Collections.shuffle(order, dump.random);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(dump.bytes, 0, dump.places.headerBytes);
            order.forEach(record -> out.write(dump.bytes, record, dump.recordEnd(record) - record));
            return out.toByteArray();
        }
    },
    RECORD_LENGTH_LIED {
        @Override
        byte[] of(Spoiler dump) {
            int at = dump.any(dump.places.records) + 5;
            dump.buffer.putInt(at, dump.lie(dump.buffer.getInt(at)));
            return dump.bytes;
        }
    },
    RECORD_TAG_UNKNOWN {
        @Override
        byte[] of(Spoiler dump) {
            dump.bytes[dump.any(dump.places.records)] = (byte) dump.random.nextInt();
            return dump.bytes;
        }
    },
    RECORD_CONTENT_SPOILT {
        @Override
        byte[] of(Spoiler dump) {
            // names and loaded classes stand in front of the heap and are many: their ids, lengths and characters
            int record = dump.any(dump.places.records);
            int bytes = Math.min(24 + dump.places.idBytes, dump.recordEnd(record) - record - 9);
            byte[] choice = {0, (byte) 0xff, '[', ';', 'L', '/', '$', (byte) dump.random.nextInt()};
            for (int i = dump.upTo(10); bytes > 0 && i >= 0; i--) {
                dump.bytes[record + 9 + dump.upTo(bytes)] = choice[dump.upTo(choice.length)];
            }
            return dump.bytes;
        }
    },
    NAMES_EXCHANGED {
        @Override
        byte[] of(Spoiler dump) {
            List<Integer> loads = dump.recordsWithTag(2);
            for (int i = dump.upTo(4); i >= 0; i--) {
                long name = dump.upTo(3) == 0 ? dump.id() : dump.idAt(dump.any(loads) + 9 + 8 + dump.places.idBytes);
                dump.putId(dump.any(loads) + 9 + 8 + dump.places.idBytes, name);
            }
            return dump.bytes;
        }
    },
    NAME_OF_BRACKETS {
        @Override
        byte[] of(Spoiler dump) {
            List<Integer> names = dump.recordsWithTag(1);
            char[] choice = {'[', ';', 'L', '$', '1', '/', '0', 'x', '+'};
            for (int i = dump.upTo(8); i >= 0; i--) {
                int name = dump.any(names);
                int end = dump.recordEnd(name);
                for (int at = name + 9 + dump.places.idBytes; at < end; at++) {
                    dump.bytes[at] = (byte) choice[dump.upTo(choice.length)];
                }
            }
            return dump.bytes;
        }
    },
    SUB_RECORD_TAG_UNKNOWN {
        @Override
        byte[] of(Spoiler dump) {
            dump.bytes[dump.any(dump.places.objects())] = (byte) dump.random.nextInt();
            return dump.bytes;
        }
    },
    OBJECT_IDS_CHANGED {
        @Override
        byte[] of(Spoiler dump) {
            for (int i = dump.upTo(4); i >= 0; i--) {
                dump.putId(dump.any(dump.places.objects()) + 1, dump.id());
            }
            return dump.bytes;
        }
    },
    OBJECT_IDS_SCATTERED {
        @Override
        byte[] of(Spoiler dump) {
            // over the whole address space, in granules of 8 or not
            long mask = dump.random.nextBoolean() ? -8 : -1;
            int left = 2_000;
            for (int object : dump.places.objects()) {
                if (left-- > 0) {
                    dump.putId(object + 1, dump.random.nextLong() & mask);
                }
            }
            return dump.bytes;
        }
    },
    CLASS_OF_OBJECT_CHANGED {
        @Override
        byte[] of(Spoiler dump) {
            int object = dump.any(dump.places.instances);
            dump.putId(object + 5 + dump.places.idBytes, dump.id());
            return dump.bytes;
        }
    },
    CLASS_OF_ARRAY_CHANGED {
        @Override
        byte[] of(Spoiler dump) {
            if (!dump.places.objectArrays.isEmpty()) {
                dump.putId(dump.any(dump.places.objectArrays) + 9 + dump.places.idBytes, dump.id());
            }
            return dump.bytes;
        }
    },
    LENGTH_LIED {
        @Override
        byte[] of(Spoiler dump) {
            int object = dump.any(dump.places.objects());
            int at = object + 5 + dump.places.idBytes;
            if (dump.bytes[object] == 0x21) {
                at += dump.places.idBytes;
            }
            dump.buffer.putInt(at, dump.lie(dump.buffer.getInt(at)));
            return dump.bytes;
        }
    },
    SUPER_CLASSES_IN_A_CIRCLE {
        @Override
        byte[] of(Spoiler dump) {
            int superAt = 5 + dump.places.idBytes;
            int first = dump.any(dump.places.classes);
            int at = first;
            for (int i = dump.upTo(4); i > 0; i--) {
                int next = dump.any(dump.places.classes);
                dump.putId(at + superAt, dump.idAt(next + 1));
                at = next;
            }
            dump.putId(at + superAt, dump.idAt(first + 1));
            return dump.bytes;
        }
    },
    CLASS_IDS_CHANGED {
        @Override
        byte[] of(Spoiler dump) {
            // class, super class, loader, signers, domain: one of them
            int at = dump.any(dump.places.classes);
            int[] fields = {1, 5 + dump.places.idBytes, 5 + 2 * dump.places.idBytes};
            dump.putId(at + fields[dump.upTo(fields.length)], dump.id());
            return dump.bytes;
        }
    },
    ROOT_CLASS_IS_ZERO {
        @Override
        byte[] of(Spoiler dump) {
            // a class that has the id of "no class"
            int from = dump.any(dump.places.classes);
            long old = dump.idAt(from + 1);
            dump.putId(from + 1, 0);
            for (int object : dump.places.instances) {
                if (dump.idAt(object + 5 + dump.places.idBytes) == old) {
                    dump.putId(object + 5 + dump.places.idBytes, 0);
                }
            }
            return dump.bytes;
        }
    },
    CLASS_COUNTS_LIED {
        @Override
        byte[] of(Spoiler dump) {
            // constants, static fields, or what follows them
            int at = dump.any(dump.places.classes) + 9 + 7 * dump.places.idBytes + dump.upTo(8);
            dump.buffer.putShort(at, (short) (dump.random.nextBoolean() ? dump.upTo(6) : dump.random.nextInt()));
            return dump.bytes;
        }
    },
    CLASS_TWICE {
        @Override
        byte[] of(Spoiler dump) {
            // one class takes the id of another one
            dump.putId(dump.any(dump.places.classes) + 1, dump.idAt(dump.any(dump.places.classes) + 1));
            return dump.bytes;
        }
    },
    OBJECT_WITH_ID_OF_CLASS {
        @Override
        byte[] of(Spoiler dump) {
            int object = dump.any(dump.places.objects());
            dump.putId(object + 1, dump.idAt(dump.any(dump.places.classes) + 1));
            return dump.bytes;
        }
    },
    VALUES_DANGLING {
        @Override
        byte[] of(Spoiler dump) {
            int header = 9 + 2 * dump.places.idBytes;
            for (int i = dump.upTo(30); i >= 0; i--) {
                int object = dump.any(dump.places.instances);
                int bytes = dump.buffer.getInt(object + header - 4);
                if (bytes >= dump.places.idBytes) {
                    dump.putId(object + header + dump.upTo(bytes - dump.places.idBytes + 1), dump.id());
                }
            }
            return dump.bytes;
        }
    },
    GZIP_DAMAGED {
        @Override
        byte[] of(Spoiler dump) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(dump.bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            byte[] zipped = out.toByteArray();
            switch (dump.upTo(4)) {
                case 0 -> zipped = Arrays.copyOf(zipped, 2 + dump.upTo(zipped.length - 2));
                case 1 -> zipped[2 + dump.upTo(16)] ^= (byte) (1 << dump.upTo(8));
                case 2 -> {
                    out.write(dump.random.nextInt());
                    zipped = out.toByteArray();
                }
                default -> zipped[2 + dump.upTo(zipped.length - 2)] ^= (byte) (1 << dump.upTo(8));
            }
            return zipped;
        }
    };

    /** A copy of the dump, spoilt. */
    abstract byte[] of(Spoiler dump);

    /** Bytes to spoil, with where things stand in them and what is to be taken at random. */
    static final class Spoiler {
        final byte[] bytes;
        final ByteBuffer buffer;
        final DumpPlaces places;
        final Random random;

        Spoiler(byte[] dump, DumpPlaces places, long seed) {
            this.bytes = dump.clone();
            this.buffer = ByteBuffer.wrap(bytes);
            this.places = places;
            this.random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
        }

        int upTo(int bound) {
            return random.nextInt(bound);
        }

        int any(List<Integer> list) {
            return list.get(random.nextInt(list.size()));
        }

        List<Integer> recordsWithTag(int tag) {
            return places.records.stream().filter(at -> bytes[at] == tag).toList();
        }

        int recordEnd(int record) {
            return record + 9 + DumpPlaces.recordBytes(bytes, record);
        }

        long idAt(int at) {
            return places.idBytes == 8 ? buffer.getLong(at) : buffer.getInt(at) & 0xffff_ffffL;
        }

        void putId(int at, long id) {
            if (places.idBytes == 8) {
                buffer.putLong(at, id);
            } else {
                buffer.putInt(at, (int) id);
            }
        }

        /** Another object's, another class's, nobody's, or one that can be no address. */
        long id() {
            return switch (upTo(8)) {
                case 0, 1 -> idAt(any(places.objects()) + 1);
                case 2, 3 -> idAt(any(places.classes) + 1);
                case 4 -> 0;
                case 5 -> -1;
                case 6 -> random.nextLong() & -8;
                default -> random.nextLong();
            };
        }

        int lie(int truth) {
            int[] lies = {0, 1, -1, truth - 1, truth + 1, truth + 8, truth / 2, truth * 2, Integer.MAX_VALUE};
            return upTo(5) == 0 ? random.nextInt() : lies[upTo(lies.length)];
        }

        byte[] replaced(int from, int to, byte[] by) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, from);
            out.writeBytes(by);
            out.write(bytes, to, bytes.length - to);
            return out.toByteArray();
        }
    }
}
