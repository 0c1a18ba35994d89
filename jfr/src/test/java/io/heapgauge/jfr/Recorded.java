/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A recording that was dumped to a file, read by the JDK's own means.
 *
 * @param file the recording
 */
record Recorded(Path file) {
    static Recorded stopAndDump(Recording recording, Path directory) throws IOException {
        recording.stop();
        Path file = directory.resolve("recording-" + recording.getId() + ".jfr");
        recording.dump(file);
        return new Recorded(file);
    }

    /** In the order of time: a file holds a thread's events in the order in which its buffers were written out. */
    List<RecordedEvent> events(String name) {
        try {
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals("io.heapgauge." + name))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code jfr print} of the running JDK says. */
    String printed(String name) throws IOException, InterruptedException {
        Path jfr = Path.of(System.getProperty("java.home"), "bin", "jfr");
        Process process = new ProcessBuilder(
                        jfr.toString(), "print", "--events", "io.heapgauge." + name, file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("jfr print failed: " + output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
