/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import java.io.IOException;
import java.nio.file.Path;

/** Rewrites a dump without its contents. */
@FunctionalInterface
interface Redactor {
    /**
     * Writes a redacted copy.
     *
     * @param dump the dump, left as it is
     * @param copy a file that does not exist yet; nothing is left of it when this fails
     * @param cancel says when to stop
     * @throws IOException if the dump cannot be read or the copy cannot be written
     */
    void redact(Path dump, Path copy, CancelSignal cancel) throws IOException;
}
