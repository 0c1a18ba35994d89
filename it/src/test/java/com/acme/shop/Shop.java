/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package com.acme.shop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small shop with a leak, for {@code docs/finding-a-leak.md}: whoever places an order subscribes to its delivery and nobody ever
 * unsubscribes.
 */
public final class Shop {
    private static final int CUSTOMERS = 200;
    private static final int ORDERS = 5_000;
    private static final int RECENT = 100;

    /** A customer with an address; all of them are meant to be there. */
    static final class Customer {
        final int number;
        final String name;
        final String address;

        Customer(int number) {
            this.number = number;
            name = "customer " + number;
            address = number + " Main Street";
        }
    }

    /** A line of an order. */
    static final class OrderLine {
        final String article;
        final int count;

        OrderLine(String article, int count) {
            this.article = article;
            this.count = count;
        }
    }

    /** An order; only the last hundred are meant to be there. */
    static final class Order {
        final long number;
        final Customer customer;
        final List<OrderLine> lines = new ArrayList<>();

        Order(long number, Customer customer) {
            this.number = number;
            this.customer = customer;
        }
    }

    /** Tells a customer of the delivery. */
    static final class DeliveryWatcher {
        final Order order;

        DeliveryWatcher(Order order) {
            this.order = order;
        }
    }

    /** Knows who wants to hear of deliveries. */
    static final class EventBus {
        static final List<DeliveryWatcher> WATCHERS = new ArrayList<>();

        private EventBus() {}

        static void subscribe(DeliveryWatcher watcher) {
            WATCHERS.add(watcher);
        }
    }

    private static final Map<Integer, Customer> BY_NUMBER = new HashMap<>();
    private static final Deque<Order> LATEST = new ArrayDeque<>();

    private Shop() {}

    public static void main(String[] args) throws Exception {
        Random random = new Random(1);
        for (int number = 0; number < CUSTOMERS; number++) {
            BY_NUMBER.put(number, new Customer(number));
        }
        for (int number = 0; number < ORDERS; number++) {
            Order order = new Order(number, BY_NUMBER.get(random.nextInt(CUSTOMERS)));
            for (int line = 0; line <= random.nextInt(4); line++) {
                order.lines.add(new OrderLine("article " + random.nextInt(50), 1 + line));
            }
            EventBus.subscribe(new DeliveryWatcher(order));
            LATEST.add(order);
            if (LATEST.size() > RECENT) {
                LATEST.remove();
            }
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
