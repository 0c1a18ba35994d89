/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.monitor.Crew;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a file of lines into parts that several threads read at once, and runs those threads. */
final class LineParts {
    /** Less than this is not worth a thread. */
    private static final long LEAST_BYTES = 1 << 20;

    private LineParts() {}

    /** Reads one part. */
    @FunctionalInterface
    interface Reading {
        void run() throws IOException;
    }

    /**
     * Offsets at which parts start, and the end of the file. A file that is one JSON array is one part: its commas would be
     * errors outside of it.
     */
    static long[] cut(FileChannel channel, int threads) throws IOException {
        long bytes = channel.size();
        int parts = (int) Math.max(1, Math.min(threads, bytes / LEAST_BYTES));
        List<Long> starts = new ArrayList<>(List.of(0L));
        for (int part = 1; part < parts && !isArray(channel); part++) {
            long start = afterLine(channel, bytes / parts * part);
            if (start > starts.get(starts.size() - 1) && start < bytes) {
                starts.add(start);
            }
        }
        starts.add(bytes);
        return starts.stream().mapToLong(Long::longValue).toArray();
    }

    private static boolean isArray(FileChannel channel) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(256);
        channel.read(some, 0);
        for (int i = 0; i < some.position(); i++) {
            if (!Character.isWhitespace(some.get(i))) {
                return some.get(i) == '[';
            }
        }
        return false;
    }

    /** The start of the first line behind an offset, the end of the file where there is none. */
    static long afterLine(FileChannel channel, long from) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(1 << 13);
        for (long at = from; channel.read(some.clear(), at) > 0; at += some.position()) {
            for (int i = 0; i < some.position(); i++) {
                if (some.get(i) == '\n') {
                    return at + i + 1;
                }
            }
        }
        return channel.size();
    }

    /**
     * Runs all, the first on the calling thread.
     *
     * @throws IOException what the first of them that failed threw
     */
    static void together(List<Reading> readings) throws IOException {
        Throwable[] failures = new Throwable[readings.size()];
        List<Runnable> work = new ArrayList<>();
        for (int i = 0; i < failures.length; i++) {
            int index = i;
            work.add(() -> failures[index] = run(readings.get(index)));
        }
        Crew.together("heapgauge-scan", work.get(0), work.subList(1, work.size()));
        for (Throwable failure : failures) {
            Crew.rethrow(failure);
        }
    }

    private static @Nullable Throwable run(Reading reading) {
        try {
            reading.run();
            return null;
        } catch (Throwable t) { // carried over to the calling thread, whatever it is
            return t;
        }
    }
}
