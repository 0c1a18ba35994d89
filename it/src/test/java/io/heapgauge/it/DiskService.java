/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.CaptureException;
import io.heapgauge.EngineChoice;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A service whose gauge's disk, or process, a test spoils: {@code DiskService DIRECTORY [ENGINE]}, then commands on standard
 * input: {@code capture} captures, {@code fill} does so too and fills the disk once the dump is written, {@code engine} tells
 * which one is used and why, {@code served} how many requests were served. Its heap is mostly arrays of references, which
 * take twice their size in a dump.
 */
final class DiskService {
    private static final int ARRAYS = 40;
    private static final int ARRAY_LENGTH = 100_000;
    private static final int OBJECTS = 300_000;
    private static final long LEFT_BYTES = 1 << 20;

    private static final List<Object> HELD = new ArrayList<>();
    private static final AtomicLong SERVED = new AtomicLong();
    private static volatile boolean fill;

    private DiskService() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        for (int i = 0; i < ARRAYS; i++) {
            HELD.add(new Object[ARRAY_LENGTH]);
        }
        for (int i = 0; i < OBJECTS; i++) {
            HELD.add(new Object());
        }
        serve();
        try (HeapGauge gauge = HeapGauge.builder()
                        .name("disk")
                        .directory(directory)
                        .minimumInterval(Duration.ZERO)
                        .dailyLimit(Integer.MAX_VALUE)
                        .quickEvery(null)
                        .freeSpaceFloor(0)
                        .cpuShare(1)
                        .engine(args.length > 1 ? EngineChoice.valueOf(args[1]) : EngineChoice.HOTSPOT)
                        .snapshotProcesses(2)
                        .listener(new Filler(directory.resolveSibling("filler")))
                        .start();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                String[] words = command.split(" ");
                System.out.println(words[1] + " " + answer(gauge, words[0]));
            }
        }
    }

    private static String answer(HeapGauge gauge, String command) {
        if (command.equals("served")) {
            return Long.toString(SERVED.get());
        }
        if (command.equals("engine")) {
            return gauge.engine().name() + ": " + gauge.engine().reason();
        }
        fill = command.equals("fill");
        System.gc(); // what a dump may take is estimated by the heap in use, garbage included
        try {
            HeapReport report = command.equals("quick") ? gauge.quick() : gauge.capture();
            return String.format(
                    "report %d %s %s",
                    report.capture().dumpBytes(),
                    report.capture().engine(),
                    report.analysis().level());
        } catch (CaptureException e) {
            return e.failure().outcome() + " " + e.getMessage();
        }
    }

    private static void serve() {
        Thread server = new Thread(() -> {
            while (true) {
                SERVED.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
            }
        });
        server.setDaemon(true);
        server.start();
    }

    /** Takes nearly all that is left on the disk when a dump has been written. */
    private record Filler(Path file) implements HeapReportListener {
        @Override
        public void onCaptured(CaptureFacts capture) {
            if (!fill) {
                return;
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                long left = file.toFile().getUsableSpace() - LEFT_BYTES;
                byte[] some = new byte[1 << 16];
                for (; left > 0; left -= some.length) {
                    out.write(some);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
