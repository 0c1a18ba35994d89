/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A cache as it should be: bounded, least recently used entries leave first. Thread-safe. */
@Component
public class ProductCache {
    private static final String SENTENCE = "Made by hand, sent by post, liked by those who bought it. ";

    private final LoadingCache<Integer, Product> products;

    /**
     * An empty cache.
     *
     * @param maximum products kept
     */
    public ProductCache(@Value("${demo.products.maximum}") int maximum) {
        products = Caffeine.newBuilder().maximumSize(maximum).build(ProductCache::load);
    }

    /**
     * Finds a product, loading it when it is not cached.
     *
     * @param id its number
     * @return the product
     */
    public Product find(int id) {
        return products.get(id);
    }

    /**
     * How many products are cached.
     *
     * @return an estimate at this moment
     */
    public long size() {
        return products.estimatedSize();
    }

    private static Product load(int id) {
        return new Product(
                id, "Product " + id, SENTENCE.repeat(4 + id % 12), List.of("tag-" + id % 100, "shelf-" + id % 1_000));
    }
}
