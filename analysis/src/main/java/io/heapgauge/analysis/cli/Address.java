/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

/** The id of an object as people type it. */
final class Address {
    private Address() {}

    /** @throws IllegalArgumentException if it is none, with an example */
    static long parse(String text) {
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': expected an address, for example 0x7f00a0", e);
        }
    }
}
