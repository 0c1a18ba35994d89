/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.security.SecureRandom;
import java.util.HexFormat;

/** File name parts that nobody can guess and prepare. */
final class RandomNames {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomNames() {}

    /** 16 hexadecimal digits. */
    static String next() {
        return HexFormat.of().toHexDigits(RANDOM.nextLong());
    }
}
