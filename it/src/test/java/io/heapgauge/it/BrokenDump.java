/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Files that are no sound dumps. */
enum BrokenDump {
    /** A real dump that ends in the middle, as on a full disk. */
    TRUNCATED {
        @Override
        byte[] content(byte[] soundDump) {
            return Arrays.copyOf(soundDump, soundDump.length * 2 / 3);
        }
    },
    EMPTY {
        @Override
        byte[] content(byte[] soundDump) {
            return new byte[0];
        }
    },
    TEXT {
        @Override
        byte[] content(byte[] soundDump) {
            return "#!/bin/sh\necho this is no heap dump, whatever its name says\n".getBytes(StandardCharsets.UTF_8);
        }
    },
    /** An object of a class that no record describes. */
    WITHOUT_CLASS_RECORD {
        @Override
        byte[] content(byte[] soundDump) throws IOException {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(file)) {
                out.writeBytes("JAVA PROFILE 1.0.2");
                out.writeByte(0);
                out.writeInt(ID_BYTES);
                out.writeLong(1_700_000_000_000L);
                out.writeByte(HEAP_DUMP_SEGMENT);
                out.writeInt(0);
                out.writeInt(1 + ID_BYTES + 4 + ID_BYTES + 4 + 8);
                out.writeByte(INSTANCE_DUMP);
                out.writeLong(0x7000_0000L);
                out.writeInt(0);
                out.writeLong(0x7100_0000L);
                out.writeInt(8);
                out.writeLong(42);
                out.writeByte(HEAP_DUMP_END);
                out.writeInt(0);
                out.writeInt(0);
            }
            return file.toByteArray();
        }
    };

    private static final int ID_BYTES = 8;
    private static final int INSTANCE_DUMP = 0x21;
    private static final int HEAP_DUMP_SEGMENT = 0x1C;
    private static final int HEAP_DUMP_END = 0x2C;

    abstract byte[] content(byte[] soundDump) throws IOException;

    Path write(Path directory, byte[] soundDump) throws IOException {
        return Files.write(directory.resolve(name().toLowerCase(Locale.ROOT) + ".hprof"), content(soundDump));
    }
}
