/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.util.Locale;

/** What a tool is asked for. */
enum Job {
    /** A class histogram of the whole dump. */
    TYPES,
    /** The retained size of every object, of which the largest are shown. */
    RETAINED;

    /** The answer in a tool's output, or an IllegalArgumentException where there is none. */
    Answer parse(String output) {
        return this == TYPES ? ObjectCount.parse(output) : Retainers.parse(output);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
