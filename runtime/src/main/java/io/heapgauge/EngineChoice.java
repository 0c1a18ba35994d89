/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.Locale;

/** Which engine takes the heap. */
public enum EngineChoice {
    /**
     * The fork engine where it proved itself at start, HotSpot's own dump elsewhere; and where loading a native library makes
     * the VM print a warning, since JDK 24 unless native access is enabled, HotSpot's too. The default.
     */
    QUIET,
    /** The fork engine where it proved itself at start, whatever the VM prints about it, HotSpot's own dump elsewhere. */
    AUTO,
    /** A copy-on-write copy of the process, which writes the dump: a pause of milliseconds. Where it cannot be had, none. */
    FORK,
    /** HotSpot's own dump: everywhere, the application stands still while it is written. */
    HOTSPOT;

    /**
     * The name used in settings.
     *
     * @return the constant's name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
