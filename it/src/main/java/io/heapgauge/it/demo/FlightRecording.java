/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingFile;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** A flight recording that runs as long as the service, as many keep one in production. */
@Component
public class FlightRecording implements SmartLifecycle {
    /** What {@code jcmd} calls the recording. */
    static final String NAME = "demo";

    private final Recording recording;
    private final Path file;

    /**
     * A recording at rest.
     *
     * @param file where {@link #dump} writes
     * @throws IOException if the JDK's configuration cannot be read
     * @throws ParseException if the JDK's configuration cannot be read
     */
    public FlightRecording(@Value("${demo.recording}") Path file) throws IOException, ParseException {
        this.file = file.toAbsolutePath();
        recording = new Recording(Configuration.getConfiguration("default"));
        recording.setName(NAME);
        recording.setMaxAge(Duration.ofMinutes(30));
        recording.setMaxSize(64 << 20);
    }

    @Override
    public void start() {
        recording.start();
    }

    @Override
    public void stop() {
        recording.close();
    }

    @Override
    public boolean isRunning() {
        return recording.getState() == RecordingState.RUNNING;
    }

    @Override
    public int getPhase() {
        // before everything else starts, after everything else has stopped
        return Integer.MIN_VALUE;
    }

    /**
     * Writes what was recorded so far to a file, and says how much of it is heapgauge's.
     *
     * @throws IOException if the file cannot be written or read back
     */
    void dump() throws IOException {
        recording.dump(file);
        Map<String, Integer> counts = new TreeMap<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                counts.merge(events.readEvent().getEventType().getName(), 1, Integer::sum);
            }
        }
        counts.keySet().removeIf(name -> !name.startsWith("io.heapgauge."));
        System.out.println("Flight recording with " + counts + ":");
        System.out.println("  jfr print --events 'io.heapgauge.*' " + file);
    }
}
