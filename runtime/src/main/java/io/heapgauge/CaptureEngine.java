/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.nio.file.Path;

/** A way to write the heap of this VM to a file. */
interface CaptureEngine {
    /** The name in reports. */
    String name();

    /**
     * Writes the heap; returns when the file is complete. Called on the gauge's thread, one at a time.
     *
     * @param target a {@code .hprof} file that does not exist yet, in a directory that only this user may enter
     * @param task what is wished; an engine that cannot leave contents out is never asked to
     * @throws IOException if the file cannot be written; what there is of it is deleted by the caller
     */
    CaptureTimes capture(Path target, CaptureTask task) throws IOException;
}
