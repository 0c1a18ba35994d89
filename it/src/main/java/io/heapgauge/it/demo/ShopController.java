/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.math.BigDecimal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The shop's HTTP interface. */
@RestController
public class ShopController {
    private final SessionCache sessions;
    private final ProductCache products;

    /**
     * A shop over two caches.
     *
     * @param sessions the visitors
     * @param products what they look at
     */
    public ShopController(SessionCache sessions, ProductCache products) {
        this.sessions = sessions;
        this.products = products;
    }

    /**
     * A session as its visitor sees it.
     *
     * @param id the session's id
     * @param user the visitor's name
     * @param cartSize products in the cart
     */
    public record SessionView(String id, String user, int cartSize) {
        static SessionView of(Session session) {
            synchronized (session.cart()) {
                return new SessionView(
                        session.id(), session.user(), session.cart().size());
            }
        }
    }

    /**
     * A product with its price.
     *
     * @param product the product
     * @param price what it costs
     */
    public record Offer(Product product, BigDecimal price) {}

    /**
     * How much the shop holds.
     *
     * @param sessions sessions kept
     * @param products products cached
     */
    public record Shop(int sessions, long products) {}

    /**
     * How much the shop holds.
     *
     * @return the caches' sizes
     */
    @GetMapping("/")
    public Shop shop() {
        return new Shop(sessions.size(), products.size());
    }

    /**
     * Opens a session.
     *
     * @param user the visitor's name
     * @return the session
     */
    @PostMapping("/sessions")
    @ResponseStatus(HttpStatus.CREATED)
    public SessionView open(@RequestParam String user) {
        return SessionView.of(sessions.open(user));
    }

    /**
     * Shows a session.
     *
     * @param id its id
     * @return the session
     */
    @GetMapping("/sessions/{id}")
    public SessionView session(@PathVariable String id) {
        return SessionView.of(find(id));
    }

    /**
     * Puts a product into a cart.
     *
     * @param id the session's id
     * @param productId the product
     * @return the session
     */
    @PostMapping("/sessions/{id}/cart/{productId}")
    public SessionView addToCart(@PathVariable String id, @PathVariable int productId) {
        Session session = find(id);
        sessions.addToCart(session, productId);
        return SessionView.of(session);
    }

    /**
     * Shows a product.
     *
     * @param id its number
     * @return the product and its price
     */
    @GetMapping("/products/{id}")
    public Offer product(@PathVariable int id) {
        return new Offer(products.find(id), PriceList.of(id));
    }

    private Session find(String id) {
        return sessions.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
