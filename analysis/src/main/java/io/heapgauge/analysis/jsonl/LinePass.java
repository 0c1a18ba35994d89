/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One pass over all lines of a file, object by object. */
final class LinePass {
    private final FileChannel channel;
    private final LineTypes types;
    private final int threads;
    private final Monitor monitor;

    /** @param channel stays open */
    LinePass(FileChannel channel, LineTypes types, int threads, Monitor monitor) {
        this.channel = channel;
        this.types = types;
        this.threads = threads;
        this.monitor = monitor;
    }

    /** Takes every object with the index of its type. */
    @FunctionalInterface
    interface EachObject {
        void take(Line line, int type) throws IOException;
    }

    /** Lines that were passed over, and the offset of the first one, -1 for none. */
    record Junk(long lines, long first) {}

    /** The pass that learns the types; as many threads as there are parts of the file, each with a taker of its own. */
    Junk first(Supplier<EachObject> each) throws IOException {
        List<Part> parts = parts(each, true);
        // types come before objects, and are known to all before the other threads start
        parts.get(0).readTo(types::sawObject);
        readAll(parts);
        return new Junk(
                parts.stream().mapToLong(part -> part.lines.junkLines()).sum(),
                parts.stream()
                        .mapToLong(part -> part.lines.firstJunk())
                        .filter(offset -> offset >= 0)
                        .min()
                        .orElse(-1));
    }

    /** A later pass, by several threads too. */
    void again(Supplier<EachObject> each) throws IOException {
        readAll(parts(each, false));
    }

    /** A later pass in the order of the file. */
    void inOrder(EachObject each) throws IOException {
        alone(each, false);
    }

    /** A later pass in the order of the file, with what objects are worth. */
    void withValues(EachObject each) throws IOException {
        alone(each, true);
    }

    private void alone(EachObject each, boolean withValues) throws IOException {
        long end = channel.size();
        new Part(new LineReader(channel, 0, end, withValues), each, monitor, false, end).readAll();
    }

    private List<Part> parts(Supplier<EachObject> each, boolean first) throws IOException {
        long[] starts = LineParts.cut(channel, threads);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i + 1 < starts.length; i++) {
            LineReader lines = new LineReader(channel, starts[i], starts[i + 1], false);
            Monitor own = i == 0 ? monitor : monitor.withoutProgress();
            parts.add(new Part(lines, each.get(), own, first, starts[i + 1]));
        }
        return parts;
    }

    private static void readAll(List<Part> parts) throws IOException {
        LineParts.together(
                parts.stream().map(part -> (LineParts.Reading) part::readAll).toList());
    }

    /** What one thread reads. */
    private final class Part {
        private final LineReader lines;
        private final EachObject each;
        private final Monitor own;
        private final boolean first;
        private final long end;
        private int untilPoll;

        Part(LineReader lines, EachObject each, Monitor own, boolean first, long end) {
            this.lines = lines;
            this.each = each;
            this.own = own;
            this.first = first;
            this.end = end;
        }

        void readAll() throws IOException {
            try (lines) {
                readTo(() -> false);
            }
        }

        void readTo(BooleanSupplier enough) throws IOException {
            while (!enough.getAsBoolean()) {
                Line line = lines.next();
                if (line == null) {
                    return;
                }
                if (line.isObject()) {
                    each.take(line, types.indexOf(line));
                } else if (first && !types.take(line)) {
                    lines.reject();
                }
                if (--untilPoll <= 0) {
                    untilPoll = Monitor.POLL;
                    own.at((double) line.offset / end);
                }
            }
        }
    }
}
