/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.FieldRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How instances tell of memory that they hold outside of the heap: those that have the named fields, by the classes that
 * declare these.
 *
 * <p>Known are the memory of a {@code DirectByteBuffer} that has a cleaner and no file behind it, so that no slice and no
 * mapped file counts, and that of zlib's streams. Of these the heap tells only whether they are open; their sizes are those
 * of zlib's default settings by its own header {@code zconf.h}: 32 KiB and about 7 for inflating, 256 KiB and about 6 for
 * deflating.
 *
 * @param bytes holds the number of bytes, negative for none; null for a constant
 * @param constantBytes the constant
 * @param mustBeSet only where this is not zero or null; null for no condition
 * @param mustNotBeSet only where this is zero or null, or not there; null for no condition
 */
public record NativeRule(
        @Nullable FieldRule bytes,
        long constantBytes,
        @Nullable FieldRule mustBeSet,
        @Nullable FieldRule mustNotBeSet) {
    /** Those of the JDK's own classes. */
    public static final List<NativeRule> KNOWN = List.of(
            new NativeRule(
                    new FieldRule("java.nio.Buffer", "capacity"),
                    0,
                    new FieldRule("java.nio.DirectByteBuffer", "cleaner"),
                    new FieldRule("java.nio.MappedByteBuffer", "fd")),
            new NativeRule(null, 39 << 10, new FieldRule("java.util.zip.Inflater$InflaterZStreamRef", "address"), null),
            new NativeRule(
                    null, 262 << 10, new FieldRule("java.util.zip.Deflater$DeflaterZStreamRef", "address"), null));
}
