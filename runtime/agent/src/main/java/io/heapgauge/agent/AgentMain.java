/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.agent;

import io.heapgauge.HeapGauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What runs inside the agent's class loader: one gauge for the life of the JVM. */
public final class AgentMain implements Runnable {
    private static final System.Logger LOG = System.getLogger(HeapGauge.class.getName());

    private final AgentOptions options;

    private AgentMain(AgentOptions options) {
        this.options = options;
    }

    /**
     * Reads the options, and starts the gauge a little later on a thread of its own: the program may want to set up logging
     * and JMX before anybody uses them.
     *
     * @param text the options
     * @throws IllegalArgumentException if they cannot be used
     */
    public static void start(String text) {
        Thread thread = new Thread(new AgentMain(AgentOptions.parse(text)), "heapgauge-agent");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            Thread.sleep(options.delay().toMillis());
            open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError e) {
            LOG.log(System.Logger.Level.ERROR, "heapgauge agent does not run, and the program runs without it", e);
        }
    }

    private void open() throws IOException {
        PrometheusMeterRegistry registry =
                options.port() == AgentOptions.NO_PORT ? null : new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        if (registry != null) {
            options.builder().meterRegistry(registry);
        }
        HeapGauge gauge = options.builder().start();
        ScrapeServer server;
        try {
            server = registry == null ? null : ScrapeServer.start(options.port(), registry);
        } catch (IOException e) { // the port may be taken
            gauge.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(gauge, server), "heapgauge-agent-close"));
        LOG.log(
                System.Logger.Level.INFO,
                "heapgauge agent ''{0}'' runs, MXBean io.heapgauge:type=HeapGauge,name={0}{1}",
                gauge.name(),
                server == null ? "" : ", metrics at " + server.address());
    }

    private static void close(HeapGauge gauge, @Nullable ScrapeServer server) {
        if (server != null) {
            server.close();
        }
        gauge.close();
    }
}
