/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Visitors: a few daemon threads that send real requests over loopback at a steady pace until the service stops. */
@Component
public class LoadGenerator implements SmartLifecycle {
    private static final System.Logger LOG = System.getLogger(LoadGenerator.class.getName());
    private static final int THREADS = 2;
    private static final int PRODUCTS = 50_000;

    private final long pauseNanos;
    private final List<Thread> visitors = new ArrayList<>();
    private volatile int port;
    private volatile boolean running;

    /**
     * A generator at rest.
     *
     * @param visitsPerSecond visits over all threads; one visit is four requests
     */
    public LoadGenerator(@Value("${demo.visits-per-second}") int visitsPerSecond) {
        pauseNanos = TimeUnit.SECONDS.toNanos(THREADS) / visitsPerSecond;
    }

    /**
     * Notes where the service listens.
     *
     * @param event tells the port
     */
    @EventListener
    public void onWebServer(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        for (int i = 1; i <= THREADS; i++) {
            Thread visitor = new Thread(this::visitUntilStopped, "demo-visitor-" + i);
            visitor.setDaemon(true);
            visitor.start();
            visitors.add(visitor);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        for (Thread visitor : visitors) {
            LockSupport.unpark(visitor);
            try {
                visitor.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        visitors.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        // after the web server has started, before it stops
        return Integer.MAX_VALUE;
    }

    private void visitUntilStopped() {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(5_000);
        requests.setReadTimeout(30_000);
        RestClient client = RestClient.builder()
                .requestFactory(requests)
                .baseUrl("http://127.0.0.1:" + port)
                .build();
        long next = System.nanoTime();
        while (running) {
            try {
                visit(client);
            } catch (RestClientException e) {
                if (running) {
                    LOG.log(System.Logger.Level.WARNING, "a visit failed: {0}", e.getMessage());
                }
            }
            // visits that a pause kept waiting are not made up for in one burst
            next = Math.max(next + pauseNanos, System.nanoTime() - pauseNanos);
            while (running && next - System.nanoTime() > 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private static void visit(RestClient client) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // half of all looks go to a tenth of the products
        int product = random.nextInt(random.nextBoolean() ? PRODUCTS / 10 : PRODUCTS);
        ShopController.SessionView session = client.post()
                .uri("/sessions?user=visitor-{n}", random.nextInt(1_000_000))
                .retrieve()
                .body(ShopController.SessionView.class);
        client.get().uri("/products/{id}", product).retrieve().toBodilessEntity();
        if (session != null) {
            client.post()
                    .uri("/sessions/{id}/cart/{product}", session.id(), product)
                    .retrieve()
                    .toBodilessEntity();
            client.get().uri("/sessions/{id}", session.id()).retrieve().toBodilessEntity();
        }
    }
}
