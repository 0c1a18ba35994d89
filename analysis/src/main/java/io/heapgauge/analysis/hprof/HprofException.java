/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.IOException;
import java.nio.file.Path;

/** A dump that cannot be read to its end: what is wrong, in which file, at which offset. */
public final class HprofException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    /**
     * Describes the fault.
     *
     * @param file the dump
     * @param offset where in the (uncompressed) file, in bytes from its start
     * @param problem what is wrong and, where there is something to do, what to do
     */
    public HprofException(Path file, long offset, String problem) {
        super(file + ": at offset " + offset + ": " + problem);
        this.file = file;
        this.offset = offset;
    }

    /**
     * The dump.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }

    /**
     * Where the fault is.
     *
     * @return bytes from the start of the (uncompressed) file
     */
    public long offset() {
        return offset;
    }
}
