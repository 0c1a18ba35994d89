/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GaugeThreadsTest {
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

    @Test
    void aThreadHoldsNothingOfTheApplicationThatMadeIt() throws Exception {
        CompletableFuture<String> inherited = new CompletableFuture<>();
        CompletableFuture<Thread> made = new CompletableFuture<>();
        ThreadGroup group = new ThreadGroup("application");
        try (URLClassLoader application = new URLClassLoader(new URL[0])) {
            Thread maker = new Thread(group, () -> {
                INHERITABLE.set("the application's");
                Thread thread = GaugeThreads.newDaemon(
                        "heapgauge-test", () -> inherited.complete(String.valueOf(INHERITABLE.get())));
                made.complete(thread);
                thread.start();
            });
            maker.setContextClassLoader(application);
            maker.start();
            Thread thread = made.get(10, TimeUnit.SECONDS);
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isSameAs(HeapGauge.class.getClassLoader());
            assertThat(inherited.get(10, TimeUnit.SECONDS)).isEqualTo("null");
            thread.join(10_000);
            assertThat(group.activeCount()).isZero();
        }
    }
}
