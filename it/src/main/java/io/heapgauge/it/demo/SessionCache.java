/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The cache that grows: sessions are never closed by their visitors, and the bound is far away. Thread-safe. */
@Component
public class SessionCache {
    private static final int VIEW_STATE_BYTES = 384;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Queue<String> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicLong opened = new AtomicLong();
    private final int maximum;

    /**
     * Brings back the sessions that a restart would find in its store.
     *
     * @param maximum sessions kept; the oldest goes first
     * @param restored sessions present at the start
     */
    public SessionCache(
            @Value("${demo.sessions.maximum}") int maximum, @Value("${demo.sessions.restored}") int restored) {
        this.maximum = maximum;
        for (int i = 0; i < restored; i++) {
            open("returning-visitor-" + i);
        }
    }

    /**
     * Opens a session.
     *
     * @param user the visitor's name
     * @return the new session
     */
    public final Session open(String user) {
        long number = opened.incrementAndGet();
        String id = Long.toHexString(number) + "-" + Integer.toHexString(user.hashCode());
        Map<String, String> attributes = new HashMap<>();
        attributes.put("locale", number % 3 == 0 ? "de-DE" : "en-GB");
        attributes.put("lastPage", "/products/" + number % 50_000);
        attributes.put("campaign", "spring-sale-" + number % 40);
        List<Integer> cart = new ArrayList<>();
        Session session = new Session(id, user, Instant.now(), attributes, cart, new byte[VIEW_STATE_BYTES]);
        sessions.put(id, session);
        oldestFirst.add(id);
        while (sessions.size() > maximum) {
            String oldest = oldestFirst.poll();
            if (oldest == null) {
                break;
            }
            sessions.remove(oldest);
        }
        return session;
    }

    /**
     * Finds a session.
     *
     * @param id its id
     * @return the session, or empty when it is not kept any more
     */
    public Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /**
     * Puts a product into the cart of a session.
     *
     * @param session the session
     * @param productId the product
     */
    public void addToCart(Session session, int productId) {
        synchronized (session.cart()) {
            session.cart().add(productId);
        }
    }

    /**
     * How many sessions are kept.
     *
     * @return the number at this moment
     */
    public int size() {
        return sessions.size();
    }
}
