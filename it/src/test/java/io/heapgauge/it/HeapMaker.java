/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills the heap with what services have in theirs: customers with their orders, session and LRU caches, indexes, queues,
 * soft and weak references, thread locals, buffers, some garbage, and what breaks those who walk heaps by recursion: one
 * linked list and one degenerate tree, each of a hundredth of all objects. The same seed and size make the same heap.
 */
public final class HeapMaker {
    /** Everything that was made and is held. */
    public static final List<Object> HELD = new ArrayList<>();

    private static final int GARBAGE_PERCENT = 10;
    private static final int CHAINED_ONE_IN = 100;

    private final Random random;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<Integer, Customer> recent = new LinkedHashMap<>(64, 0.75f, true);
    private Link lastLink = new Link(0);
    private Node deepest = new Node(null, 0);
    private final long chainedOneIn;
    private long chained = 1;
    private long made = 2;
    private int serial;

    private HeapMaker(long seed, long chainedOneIn) {
        random = new Random(seed);
        this.chainedOneIn = chainedOneIn;
        HELD.add(sessions);
        HELD.add(recent);
        HELD.add(lastLink);
        HELD.add(deepest);
    }

    /**
     * Makes objects until {@link #HELD} holds at least so many, give or take one in a hundred.
     *
     * @param seed of the random numbers
     * @param objects how many, without the garbage
     */
    public static void make(long seed, long objects) {
        make(seed, objects, CHAINED_ONE_IN);
    }

    /**
     * Makes objects until {@link #HELD} holds at least so many, give or take one in a hundred.
     *
     * @param seed of the random numbers
     * @param objects how many, without the garbage
     * @param chainedOneIn one object in so many is a link of the long list, and one a node of the deep tree;
     *     {@link Long#MAX_VALUE} for a list and a tree of one
     */
    public static void make(long seed, long objects, long chainedOneIn) {
        HeapMaker maker = new HeapMaker(seed, chainedOneIn);
        maker.startThread();
        while (maker.made < objects) {
            long before = maker.made;
            Object part = maker.part();
            if (maker.random.nextInt(100) < GARBAGE_PERCENT) {
                maker.made = before;
            } else {
                HELD.add(part);
            }
            maker.growChains();
        }
    }

    /** The list gets longer and the tree deeper; both lie scattered between the other objects, as they do in services. */
    private void growChains() {
        while (chained < made / chainedOneIn) {
            Link link = new Link(random.nextInt());
            lastLink.next = link;
            lastLink = link;
            Node node = new Node(deepest, chained);
            deepest.right = node;
            deepest = node;
            chained++;
            made += 2;
        }
    }

    private Object part() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> customer();
            case 4, 5 -> session();
            case 6 -> index();
            case 7 -> queue();
            case 8 -> references();
            default -> buffers();
        };
    }

    private Customer customer() {
        Map<String, String> attributes = new HashMap<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            attributes.put("attribute-" + i, text(4 + random.nextInt(24)));
        }
        Customer customer = new Customer(text(12), new Address(text(20), text(9)), attributes);
        Order newest = null;
        for (int i = random.nextInt(12); i > 0; i--) {
            newest = new Order(random.nextLong(), BigDecimal.valueOf(random.nextInt(1_000_000), 2), newest);
            customer.orders.add(newest);
        }
        recent.put(serial++, customer);
        made += 8 + 5L * attributes.size() + 3L * customer.orders.size();
        return customer;
    }

    private Session session() {
        Session session = new Session(text(32), new byte[64 + random.nextInt(600)], LocalDate.ofEpochDay(serial));
        sessions.put(session.id, session);
        made += 6;
        return session;
    }

    private Object index() {
        Map<Long, String> index = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            index.put(random.nextLong(), text(10));
        }
        made += 1 + 4L * index.size();
        return index;
    }

    private Object queue() {
        Deque<Object> queue = new ArrayDeque<>();
        LinkedList<Integer> list = new LinkedList<>();
        for (int i = 0; i < 20; i++) {
            queue.add(new StringBuilder(text(6)));
            list.add(1_000 + random.nextInt(1_000_000));
        }
        made += 3 + 20 * 6;
        return List.of(queue, list);
    }

    private Object references() {
        Object[] references = new Object[16];
        for (int i = 0; i < references.length; i++) {
            Object referent = new Address(text(5), text(5));
            references[i] = i % 2 == 0 ? new WeakReference<>(referent) : new SoftReference<>(referent);
        }
        made += 1 + references.length; // their referents may go at any time
        return references;
    }

    private Object buffers() {
        made += 7;
        return new Object[] {
            new long[random.nextInt(64)],
            new char[random.nextInt(128)],
            new double[random.nextInt(32)],
            new int[random.nextInt(16)][],
            BitSet.valueOf(new long[] {random.nextLong()})
        };
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** A thread that waits for ever with something in a thread local and something on its stack. */
    private void startThread() {
        ThreadLocal<Map<String, byte[]>> local = ThreadLocal.withInitial(HashMap::new);
        HELD.add(local);
        Thread thread = new Thread(
                () -> {
                    local.get().put("buffer", new byte[10_000]);
                    synchronized (local) {
                        waitForEver(local);
                    }
                },
                "heap-maker-worker");
        thread.setDaemon(true);
        thread.start();
    }

    private static void waitForEver(Object lock) {
        try {
            while (true) {
                lock.wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Address(String street, String town) {}

    private record Order(
            long number, BigDecimal amount, @Nullable Order previous) {}

    private record Session(String id, byte[] state, LocalDate day) {}

    /** Of a singly linked list, so that each link holds all that follow. */
    private static final class Link {
        final int value;

        @Nullable
        Link next;

        Link(int value) {
            this.value = value;
        }
    }

    /** Of a search tree that nothing balanced while its keys came in order. */
    private static final class Node {
        final @Nullable Node parent;
        final long key;

        @Nullable
        Node left;

        @Nullable
        Node right;

        Node(@Nullable Node parent, long key) {
            this.parent = parent;
            this.key = key;
        }
    }

    private static final class Customer {
        final String name;
        final Address address;
        final Map<String, String> attributes;
        final List<Order> orders = new ArrayList<>();

        Customer(String name, Address address, Map<String, String> attributes) {
            this.name = name;
            this.address = address;
            this.attributes = attributes;
        }
    }
}
