/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.monitor.Monitor;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBytesTest {
    private static final int BUFFERS = 20;
    private static final int STREAMS = 7;

    private final List<Object> held = new ArrayList<>();

    @TempDir
    Path directory;

    /** Says how much it has elsewhere. */
    private static class Segment {
        final long elsewhere;

        Segment(long elsewhere) {
            this.elsewhere = elsewhere;
        }
    }

    private static final class LargeSegment extends Segment {
        LargeSegment(long elsewhere) {
            super(elsewhere);
        }
    }

    @Test
    void native_memory_of_a_running_vm_is_what_its_own_pools_say() throws Exception {
        for (int i = 1; i <= BUFFERS; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(i * 10_000);
            held.addAll(List.of(buffer, buffer.slice(), buffer.duplicate(), buffer.asLongBuffer()));
        }
        for (int i = 0; i < STREAMS; i++) {
            held.addAll(List.of(new Inflater(), new Deflater(), new Segment(1_000), new LargeSegment(500)));
        }
        held.add(new Segment(-5));
        Inflater closed = new Inflater();
        closed.end();
        held.add(closed);
        try (FileChannel file = FileChannel.open(
                directory.resolve("mapped"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            held.add(file.map(MapMode.READ_WRITE, 0, 1 << 20));
        }
        giveDeadBuffersBack();
        Path dump = directory.resolve("own.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        long direct = directBytes();

        NativeField rule = NativeField.parse(Segment.class.getName() + "#elsewhere");
        HprofSource source = HprofSource.open(dump, new HprofSource.Options(null, 2, List.of(rule)), Monitor.NONE);
        TypeTally tally = source.scan(() -> IdSink.NONE);
        assertThat(bytes(source, tally, "java.nio.DirectByteBuffer")).isEqualTo(direct);
        assertThat(direct).isGreaterThanOrEqualTo(10_000 * BUFFERS * (BUFFERS + 1) / 2);
        assertThat(bytes(source, tally, "java.util.zip.Deflater$DeflaterZStreamRef"))
                .isGreaterThanOrEqualTo(STREAMS * (256 << 10))
                .isLessThan((STREAMS + 40) * (270 << 10));
        assertThat(bytes(source, tally, "java.util.zip.Inflater$InflaterZStreamRef"))
                .isGreaterThanOrEqualTo(STREAMS * (32 << 10));
        assertThat(bytes(source, tally, Segment.class.getName())).isEqualTo(1_000 * STREAMS);
        assertThat(bytes(source, tally, LargeSegment.class.getName())).isEqualTo(500 * STREAMS);
        assertThat(held).hasSizeGreaterThan(BUFFERS);
    }

    /** What other tests have left: its memory goes a moment after the collection that finds it dead. */
    private static void giveDeadBuffersBack() throws InterruptedException {
        System.gc();
        long before;
        long now = directBytes();
        do {
            before = now;
            TimeUnit.MILLISECONDS.sleep(300);
            now = directBytes();
        } while (now != before);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void a_native_field_is_a_class_and_a_field() {
        assertThat(NativeField.parse("a.B#c"))
                .isEqualTo(new NativeField("a.B", "c"))
                .hasToString("a.B#c");
        for (String wrong : List.of("", "a.B", "#c", "a.B#", "a#b#c")) {
            assertThatThrownBy(() -> NativeField.parse(wrong)).hasMessageContaining("expected Class#field");
        }
    }

    private static long bytes(HprofSource source, TypeTally tally, String type) {
        return source.types().stream()
                .filter(each -> each.name().equals(type))
                .mapToInt(HeapType::index)
                .mapToLong(index -> tally.nativeBytes()[index])
                .sum();
    }
}
