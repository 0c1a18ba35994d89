/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.hprof.HprofException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class BackgroundRedactorTest {
    @TempDir
    Path directory;

    private final Redactor redactor = new BackgroundRedactor("test", 1);

    @Test
    void it_works_on_a_thread_that_gives_way() throws IOException {
        ForkSupport.whyNot(directory);
        assertThat(ForkSupport.isLoaded()).isTrue();
        Path dump = directory.resolve("whole.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        Path copy = directory.resolve("redacted.hprof");
        Set<String> threads = ConcurrentHashMap.newKeySet();
        redactor.redact(dump, copy, () -> {
            threads.add(Thread.currentThread().getName());
            return false;
        });
        assertThat(threads).containsExactly("heapgauge-test-redaction");
        assertThat(copy).hasSize(Files.size(dump));
    }

    @Test
    void what_is_no_dump_is_refused_as_everywhere() throws IOException {
        Path dump = Files.writeString(directory.resolve("no.hprof"), "no dump");
        assertThatThrownBy(() -> redactor.redact(dump, directory.resolve("copy"), () -> false))
                .isInstanceOf(HprofException.class)
                .hasMessageContaining("no.hprof");
    }
}
