/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.monitor.CancelSignal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PauseWatcherTest {
    @TempDir
    Path directory;

    @Test
    void theWatchingThreadIsNamedAndEndsWithTheWatch() throws Exception {
        PauseWatcher watcher = PauseWatcher.start("test");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("heapgauge-test-pause"))
                .singleElement()
                .matches(Thread::isDaemon);
        Thread.sleep(20);
        assertThat(watcher.stop()).isNotNegative();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("heapgauge-test-pause"));
    }

    @Test
    void aDumpOfThisVmIsSeenAsAPauseNoLongerThanTheDump() throws Exception {
        CaptureTimes times = new HotspotEngine("test")
                .capture(directory.resolve("this.hprof"), CaptureTask.whole(CancelSignal.NEVER, any -> {}));
        assertThat(directory.resolve("this.hprof")).isNotEmptyFile();
        assertThat(Duration.ofNanos(times.pauseNanos()))
                .isPositive()
                .isGreaterThan(Duration.ofMillis(5))
                .isLessThan(Duration.ofNanos(times.captureNanos()).plusMillis(100));
    }
}
