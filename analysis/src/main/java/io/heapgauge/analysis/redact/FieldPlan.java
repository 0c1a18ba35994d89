/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.redact.RedactionRules.Fate;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What to change in the field values of the instances of one class. */
final class FieldPlan {
    private int dataBytes;
    /** Offset and number of bytes of each stretch that becomes zero, in turns. */
    private int[] zeros = new int[8];

    private int zerosUsed;
    /** Offset and number of bytes of each value that becomes 0 or 1, in turns. */
    private int[] flags = new int[0];

    private int zeroedValues;
    private int keptValues;

    /** Adds the next reference in the order of the dump. */
    void reference(int bytes) {
        dataBytes += bytes;
    }

    /** Adds the next primitive field in the order of the dump. */
    void primitive(int bytes, Fate fate) {
        if (fate == Fate.KEPT) {
            keptValues++;
        } else {
            zeroedValues++;
        }
        if (fate == Fate.ZEROED) {
            zero(bytes);
        } else if (fate == Fate.WHETHER_SET) {
            flags = Arrays.copyOf(flags, flags.length + 2);
            flags[flags.length - 2] = dataBytes;
            flags[flags.length - 1] = bytes;
        }
        dataBytes += bytes;
    }

    private void zero(int bytes) {
        boolean adjoins = zerosUsed > 0 && zeros[zerosUsed - 2] + zeros[zerosUsed - 1] == dataBytes;
        if (adjoins) {
            zeros[zerosUsed - 1] += bytes;
            return;
        }
        if (zerosUsed == zeros.length) {
            zeros = Arrays.copyOf(zeros, zerosUsed * 2);
        }
        zeros[zerosUsed++] = dataBytes;
        zeros[zerosUsed++] = bytes;
    }

    /** Bytes of field values that an instance has. */
    int dataBytes() {
        return dataBytes;
    }

    int zeroedValues() {
        return zeroedValues;
    }

    int keptValues() {
        return keptValues;
    }

    /** Changes the values of one instance. */
    void apply(ByteBuffer window, int at) {
        for (int i = 0; i < zerosUsed; i += 2) {
            Bytes.zero(window, at + zeros[i], zeros[i + 1]);
        }
        for (int i = 0; i < flags.length; i += 2) {
            Bytes.flag(window, at + flags[i], flags[i + 1]);
        }
    }
}
