/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A flight recording, read by the JDK's own {@code jfr print}.
 *
 * @param file the recording
 */
record FlightFile(Path file) {
    /** The printed events of one type, one text each. */
    List<String> print(Jdk jdk, String event) throws IOException, InterruptedException {
        String text = ForkedJvm.run(jdk.command("jfr"), "print", "--events", "io.heapgauge." + event, file.toString());
        return Arrays.stream(text.split("(?=io\\.heapgauge\\." + event + " \\{)"))
                .filter(part -> !part.isBlank())
                .toList();
    }
}
