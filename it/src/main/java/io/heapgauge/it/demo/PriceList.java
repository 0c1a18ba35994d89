/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Prices, held where no bean is: in a static field. Thread-safe. */
final class PriceList {
    private static final Map<Integer, BigDecimal> PRICES = new ConcurrentHashMap<>();

    private PriceList() {}

    static BigDecimal of(int productId) {
        return PRICES.computeIfAbsent(productId, id -> BigDecimal.valueOf(99 + id % 10_000, 2));
    }
}
