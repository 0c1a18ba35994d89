/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.report.MemoryReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MemoryReaderTest {
    @TempDir
    Path root;

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private MemoryReading read() {
        return new MemoryReader(root).read();
    }

    @Test
    void theProcessAndItsGroupOfVersion2() throws IOException {
        file("proc/self/status", "Name:\tjava\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nThreads:\t7\n");
        file("proc/self/cgroup", "0::/system.slice/shop.service\n");
        file("sys/fs/cgroup/system.slice/shop.service/memory.max", "max\n");
        file("sys/fs/cgroup/system.slice/shop.service/memory.current", "5000\n");
        file("sys/fs/cgroup/system.slice/memory.max", "9000\n");
        file("sys/fs/cgroup/system.slice/memory.current", "8000\n");
        MemoryReading reading = read();
        assertThat(reading.residentBytes()).isEqualTo(1 << 20);
        assertThat(reading.peakResidentBytes()).isEqualTo(2 << 20);
        assertThat(reading.groupUsedBytes()).isEqualTo(5_000);
        assertThat(reading.groupLimitBytes()).as("of the group around it").isEqualTo(9_000);
    }

    @Test
    void insideAContainerTheGroupIsTheRoot() throws IOException {
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/memory.max", "1000\n");
        file("sys/fs/cgroup/memory.current", "900\n");
        assertThat(read().groupLimitBytes()).isEqualTo(1_000);
        assertThat(read().groupUsedBytes()).isEqualTo(900);
    }

    @Test
    void whatIsLeftIsTheLeastOfMachineAndGroupWithThePageCacheThatGoes() throws IOException {
        assertThat(new MemoryReader(root).availableBytes()).isEqualTo(Long.MAX_VALUE);
        file("proc/meminfo", "MemFree: 1 kB\nMemAvailable:  2 kB\n");
        assertThat(new MemoryReader(root).availableBytes()).isEqualTo(2_048);
        file("proc/self/cgroup", "0::/\n");
        file("sys/fs/cgroup/memory.max", "1000\n");
        file("sys/fs/cgroup/memory.current", "900\n");
        assertThat(new MemoryReader(root).availableBytes()).isEqualTo(100);
        file("sys/fs/cgroup/memory.stat", "anon 800\ninactive_file 70\n");
        assertThat(new MemoryReader(root).availableBytes()).isEqualTo(170);
    }

    @Test
    void ofGroupsWithinEachOtherTheOneThatLeavesLeastCounts() throws IOException {
        file("proc/self/cgroup", "0::/system.slice/shop.service\n");
        file("sys/fs/cgroup/system.slice/shop.service/memory.max", "9000\n");
        file("sys/fs/cgroup/system.slice/shop.service/memory.current", "5000\n");
        file("sys/fs/cgroup/system.slice/memory.max", "10000\n");
        file("sys/fs/cgroup/system.slice/memory.current", "9900\n");
        file("sys/fs/cgroup/system.slice/memory.stat", "inactive_file 50\n");
        assertThat(new MemoryReader(root).availableBytes()).isEqualTo(150);
        file("sys/fs/cgroup/system.slice/memory.max", "max\n");
        assertThat(new MemoryReader(root).availableBytes()).isEqualTo(4_000);
    }

    @Test
    void faultsAreTheEighthFieldBehindTheCommand() throws IOException {
        assertThat(read().minorFaults()).isNull();
        file("proc/self/stat", "77 (a (b) c) S 1 77 77 0 -1 4194304 12345 0 3 0 5 6\n");
        assertThat(read().minorFaults()).isEqualTo(12_345);
    }

    @Test
    void version1TellsThePageCacheWithTheGroupsWithin() throws IOException {
        file("proc/self/cgroup", "4:memory:/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "7000\n");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "6000\n");
        file("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 30\n");
        assertThat(new MemoryReader(root).availableBytes()).isEqualTo(1_030);
    }

    @Test
    void aGroupOfVersion1() throws IOException {
        file("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n0::/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "7000\n");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "6000\n");
        assertThat(read().groupLimitBytes()).isEqualTo(7_000);
        assertThat(read().groupUsedBytes()).isEqualTo(6_000);
    }

    @Test
    void noLimitOfVersion1IsNoLimit() throws IOException {
        file("proc/self/cgroup", "4:memory:/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(read().groupLimitBytes()).isNull();
    }

    @Test
    void whatTheSystemDoesNotTellIsNull() {
        MemoryReading reading = read();
        assertThat(reading.residentBytes()).isNull();
        assertThat(reading.peakResidentBytes()).isNull();
        assertThat(reading.groupUsedBytes()).isNull();
        assertThat(reading.groupLimitBytes()).isNull();
        assertThat(reading.heapUsedBytes()).isPositive().isLessThanOrEqualTo(reading.heapCommittedBytes());
    }

    @Test
    void aGroupThatPointsOutsideIsNotFollowed() throws IOException {
        file("proc/self/cgroup", "0::/../../secret\n");
        file("secret/memory.max", "1\n");
        assertThat(read().groupLimitBytes()).isNull();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcessHasAPeak() {
        MemoryReading reading = new MemoryReader(Path.of("/")).read();
        assertThat(reading.peakResidentBytes()).isNotNull().isGreaterThanOrEqualTo(1 << 20);
        assertThat(reading.residentBytes()).isNotNull().isPositive();
    }
}
