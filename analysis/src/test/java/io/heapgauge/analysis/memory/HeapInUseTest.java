/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapInUseTest {
    private static final long LIMIT_BYTES = 32L << 20;
    /** What a dump of fifteen times as many objects may take more: a buffer object for each page of scratch. */
    private static final long GROWTH_BYTES = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void java_heap_in_use_does_not_grow_with_the_dump() throws IOException, InterruptedException {
        long small = bytesInUse(200_000);
        long middle = bytesInUse(1_000_000);
        long large = bytesInUse(3_000_000);
        assertThat(large).isLessThan(LIMIT_BYTES);
        assertThat(middle).isLessThan(small + GROWTH_BYTES);
        assertThat(large).isLessThan(small + GROWTH_BYTES);
    }

    /** Of an analysis in a JVM whose whole heap is no larger than the limit. */
    private long bytesInUse(int objects) throws IOException, InterruptedException {
        Path dump = directory.resolve("streamed.hprof");
        StreamedDump.write(dump, objects);
        Path log = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeapInUse.class.getName(),
                        dump.toString(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Files.delete(dump);
        String output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output).contains("level retained").contains("wasted [DuplicateTotals[kind=byte[]");
        assertThat(value(output, "objects ")).as(output).isBetween(objects - 10L, objects + 10L);
        return value(output, "bytes ");
    }

    private static long value(String output, String name) {
        return output.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + name + "' in:\n" + output));
    }
}
