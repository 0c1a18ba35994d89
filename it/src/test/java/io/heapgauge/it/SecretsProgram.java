/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.CaptureRequest;
import io.heapgauge.EngineChoice;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Holds the {@link Secrets} in every way that a program can, beside a heap of all sorts, and dumps it: {@code FILE.hprof}; with
 * {@code snapshot} after it by a gauge, and the file is what the gauge had on the disk before its analysis.
 */
final class SecretsProgram {
    private static final List<Object> HELD = new ArrayList<>();
    private static final long STATIC_LONG = Secrets.STATIC_LONG + HELD.size();
    private static final String STATIC = new String(Secrets.STATIC.getBytes(StandardCharsets.UTF_8));
    private static final long OBJECTS = 60_000;

    private SecretsProgram() {}

    private static final class Account {
        final int number = Secrets.INT + HELD.size();
        final long balance = Secrets.LONG + HELD.size();
        final double rate = Secrets.DOUBLE + HELD.size();
        final float share = Secrets.FLOAT + HELD.size();
    }

    public static void main(String[] args) throws IOException {
        HeapMaker.make(42, OBJECTS);
        Account account = new Account();
        HELD.add(account);
        HELD.add(STATIC + STATIC_LONG);
        HELD.add(new String(Secrets.LATIN1.toCharArray()));
        HELD.add(new String(Secrets.UTF16.toCharArray()));
        HELD.add(new StringBuilder(Secrets.BUILDER));
        HELD.add(Secrets.CHARS.toCharArray());
        HELD.add(Secrets.BYTES.getBytes(StandardCharsets.US_ASCII));
        HELD.add(ByteBuffer.wrap(Secrets.ON_HEAP_BUFFER.getBytes(StandardCharsets.US_ASCII)));
        HELD.add(ByteBuffer.allocateDirect(4096));
        HELD.add(new int[] {1, Secrets.INT_ELEMENT});
        HELD.add(new long[] {1, Secrets.LONG_ELEMENT});
        HELD.add(new double[] {1, Secrets.DOUBLE_ELEMENT});
        HELD.add(new ArrayDeque<>(List.of(Secrets.LATIN1, Secrets.BYTES)));
        CountDownLatch dumped = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        dumped.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                Secrets.THREAD_NAME);
        thread.setDaemon(true);
        thread.start();
        if (args.length > 1) {
            snapshot(Path.of(args[0]));
        } else {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
        }
        dumped.countDown();
        if (HELD.isEmpty() || account.balance == 0 || account.number + account.rate + account.share == 0) {
            throw new AssertionError();
        }
    }

    private static void snapshot(Path file) throws IOException {
        Path dumps = file.resolveSibling("dumps");
        try (HeapGauge gauge = HeapGauge.builder()
                .directory(dumps)
                .engine(EngineChoice.AUTO)
                .allowKeep(true)
                .freeSpaceFloor(0)
                .root("secrets", HELD)
                .listener(new Copy(dumps, file))
                .start()) {
            HeapReport report = gauge.capture(new CaptureRequest(Trigger.API, "kept", true));
            System.out.println(
                    "engine " + gauge.engine().name() + ": " + gauge.engine().reason());
            System.out.println("root " + report.roots().get(0).state() + " "
                    + report.roots().get(0).owned().total().objects());
            System.out.println("kept " + report.capture().dumpName());
        }
    }

    /** Copies the dump as soon as it is written. */
    private record Copy(Path dumps, Path file) implements HeapReportListener {
        @Override
        public void onCaptured(CaptureFacts capture) {
            try (Stream<Path> all = Files.walk(dumps)) {
                Files.copy(
                        all.filter(each -> each.toString().endsWith(".hprof"))
                                .findAny()
                                .orElseThrow(),
                        file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
