/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench.kernel;

import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What the arrays are made of. */
public enum Pages {
    /** Pieces of a mapped file in the default temporary directory. */
    MAPPED {
        @Override
        Scratch open() {
            try {
                return Scratch.mapped(Path.of(System.getProperty("java.io.tmpdir")), BUDGET_BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    /** Direct buffers. */
    DIRECT {
        @Override
        Scratch open() {
            return Scratch.direct(BUDGET_BYTES);
        }
    },
    /** Buffers over Java arrays. */
    ON_HEAP {
        @Override
        Scratch open() {
            return Scratch.onHeap(BUDGET_BYTES);
        }
    };

    private static final long BUDGET_BYTES = 1L << 30;

    abstract Scratch open();
}
