/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Requests at a fixed rate, whether the ones before have been answered or not; a latency counts from the moment at which a
 * request was due, so that a service that stalls cannot hide it by holding the load back.
 */
final class OpenLoopLoad {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PRODUCTS = 50_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final String base;
    private final int perSecond;
    private final Random random = new Random(7);

    OpenLoopLoad(int port, int perSecond) {
        base = "http://127.0.0.1:" + port;
        this.perSecond = perSecond;
    }

    /**
     * Answers of one stretch of time.
     *
     * @param nanos latencies, ascending
     * @param failed requests without an answer, or with one that is no success
     */
    record Answers(long[] nanos, int failed) {
        static Answers of(List<Answer> all) {
            return new Answers(all.stream().mapToLong(Answer::nanos).sorted().toArray(), (int)
                    all.stream().filter(answer -> !answer.good()).count());
        }

        double millisAt(double quantile) {
            return nanos[(int) Math.min(nanos.length - 1, Math.floor(quantile * nanos.length))] / 1e6;
        }

        /** Those of several stretches as if they were one. */
        static Answers together(List<Answers> stretches) {
            return new Answers(
                    stretches.stream()
                            .flatMapToLong(stretch -> Arrays.stream(stretch.nanos))
                            .sorted()
                            .toArray(),
                    stretches.stream().mapToInt(Answers::failed).sum());
        }
    }

    /**
     * One answer.
     *
     * @param due when its request was due, as {@link System#nanoTime} tells it
     * @param nanos from then to the answer
     * @param good whether it was one
     */
    record Answer(long due, long nanos, boolean good) {}

    /** Sends requests as long as a condition holds, and waits for the last answer. */
    Answers during(BooleanSupplier condition) {
        return Answers.of(each(condition));
    }

    /** The same, with every answer by itself. */
    List<Answer> each(BooleanSupplier condition) {
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        long due = System.nanoTime();
        while (condition.getAsBoolean()) {
            long intended = due;
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/products/" + random.nextInt(PRODUCTS)))
                    .timeout(LIMIT)
                    .build();
            CompletableFuture<Void> answered = http.sendAsync(request, BodyHandlers.discarding())
                    .handle((answer, problem) -> {
                        boolean good = problem == null && answer.statusCode() == 200;
                        answers.add(new Answer(intended, System.nanoTime() - intended, good));
                        return null;
                    });
            all = all.thenCombine(answered, (one, other) -> null);
            due += 1_000_000_000L / perSecond;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        all.join();
        return List.copyOf(answers);
    }

    Answers during(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return during(() -> System.nanoTime() < end);
    }
}
