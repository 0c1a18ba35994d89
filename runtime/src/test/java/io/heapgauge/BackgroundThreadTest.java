/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class BackgroundThreadTest {
    private static final String NAME = "heapgauge-test-background";
    private static final int NICENESS = 16;

    @TempDir
    Path directory;

    @BeforeEach
    void load() {
        ForkSupport.whyNot(directory);
        assertThat(ForkSupport.isLoaded()).isTrue();
    }

    /** Of the calling thread, as the kernel tells it: behind the name in brackets. */
    private static int niceness() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICENESS]);
    }

    @Test
    void the_work_is_done_by_a_named_thread_of_lower_priority_that_ends_with_it() throws IOException {
        int own = niceness();
        AtomicReference<Thread> thread = new AtomicReference<>();
        int lower = BackgroundThread.run(NAME, () -> {
            thread.set(Thread.currentThread());
            return niceness();
        });
        assertThat(lower).isEqualTo(Math.min(19, own + 10));
        assertThat(niceness()).isEqualTo(own);
        assertThat(thread.get().getName()).isEqualTo(NAME);
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(Waiting.forEndOf(thread.get(), 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void its_failures_come_through() {
        IOException io = new IOException("no disk");
        assertThatThrownBy(() -> BackgroundThread.run(NAME, () -> {
                    throw io;
                }))
                .isSameAs(io);
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> BackgroundThread.run(NAME, () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void an_interrupt_is_kept_for_afterwards() throws IOException {
        Thread.currentThread().interrupt();
        String answer =
                BackgroundThread.run(NAME, () -> Thread.currentThread().isInterrupted() ? "interrupted" : "done");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isEqualTo("done");
    }
}
