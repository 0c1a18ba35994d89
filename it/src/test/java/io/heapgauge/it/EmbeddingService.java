/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import com.sun.net.httpserver.HttpServer;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.measure.RootSpec;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.management.remote.JMXConnectorServer;

/**
 * A service that embeds a gauge without any framework, run in a JVM of its own. It prints its addresses and then does
 * what it reads line by line: {@code open} a gauge, {@code grow} the sessions to a number, {@code close} the gauge,
 * {@code exit}.
 */
final class EmbeddingService {
    static final int CATALOG_ROWS = 100;
    static final int ORDERS = 3_000;

    /** Root {@code catalog}: one array of arrays, so {@link #CATALOG_ROWS} + 1 objects. */
    static final long[][] CATALOG = new long[CATALOG_ROWS][128];

    private static volatile boolean exiting;

    private final SessionStore sessions = new SessionStore();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Path directory;
    private HeapGauge gauge;

    private EmbeddingService(Path directory) {
        this.directory = directory;
    }

    /** Root {@code sessions}: the store, its array, and for every session two objects. */
    static final class SessionStore {
        Session[] sessions = new Session[0];

        void grow(int size) {
            Session[] grown = new Session[size];
            for (int i = 0; i < size; i++) {
                grown[i] = new Session();
            }
            sessions = grown;
        }

        /** What the root owns at this many sessions. */
        static long objects(int sessions) {
            return 2 + 2L * sessions;
        }
    }

    static final class Session {
        final byte[] state = new byte[1_000];
    }

    /** Root {@code orders}: all instances, which refer to nothing. */
    static final class Order {
        final long number;

        Order(long number) {
            this.number = number;
        }
    }

    public static void main(String[] args) throws IOException {
        EmbeddingService service = new EmbeddingService(Path.of(args[0]));
        holdOrdersOnAThread();
        HttpServer http = service.serveMetrics();
        JMXConnectorServer jmx = LoopbackConnector.start();
        say("ready " + jmx.getAddress() + " http://127.0.0.1:"
                + http.getAddress().getPort() + "/metrics");
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null && !exiting; line = commands.readLine()) {
                service.obey(line);
            }
        }
        System.exit(0);
    }

    private void obey(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "open" -> {
                gauge = HeapGauge.builder()
                        .name("it")
                        .directory(directory)
                        .cpuShare(1)
                        .meterRegistry(registry)
                        .minimumInterval(Duration.ZERO)
                        .allowKeep(true)
                        .signal("USR1")
                        .root("sessions", sessions)
                        .root("catalog", RootSpec.staticField(EmbeddingService.class.getName(), "CATALOG"))
                        .root("orders", RootSpec.instancesOf(Order.class.getName()))
                        .root("worker", RootSpec.thread("order-worker"))
                        .start();
                say("opened");
            }
            case "grow" -> {
                sessions.grow(Integer.parseInt(words[1]));
                System.gc(); // types are counted with their garbage
                say("grown to " + words[1]);
            }
            case "close" -> {
                gauge.close();
                say("closed");
            }
            case "exit" -> exiting = true;
            default -> throw new IllegalArgumentException(line);
        }
    }

    private HttpServer serveMetrics() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        http.createContext("/metrics", exchange -> {
            byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        http.start();
        return http;
    }

    private static void holdOrdersOnAThread() {
        CountDownLatch filled = new CountDownLatch(1);
        Thread worker = new Thread(
                () -> {
                    Order[] orders = new Order[ORDERS];
                    for (int i = 0; i < ORDERS; i++) {
                        orders[i] = new Order(i);
                    }
                    filled.countDown();
                    while (!exiting) {
                        LockSupport.park();
                    }
                    say("worker held " + orders[ORDERS - 1].number);
                },
                "order-worker");
        worker.setDaemon(true);
        worker.start();
        try {
            filled.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
