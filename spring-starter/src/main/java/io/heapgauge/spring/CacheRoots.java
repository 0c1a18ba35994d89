/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.measure.Exclusion;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Makes a root of every cache in this process that a {@link CacheManager} knows, under the cache's name. Managers make caches
 * when they are first used, so it looks again at the start of every capture. A cache whose name is taken, by a configured root
 * or by another manager, has the manager's bean name in front. Caches elsewhere, a Redis or the like, own nothing here.
 */
final class CacheRoots implements HeapReportListener, SmartInitializingSingleton {
    private static final System.Logger LOG = System.getLogger(HeapGauge.class.getName());
    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";

    /** By what a cache leads to the rest of the application: the pool that does its upkeep, and what loads its entries. */
    private static final Exclusion[] NOT_OWNED = {
        new Exclusion.OfField(CAFFEINE + "BoundedLocalCache", "executor"),
        new Exclusion.OfField(CAFFEINE + "BoundedLocalCache", "cacheLoader"),
        new Exclusion.OfField(CAFFEINE + "UnboundedLocalCache", "executor"),
    };

    private final ListableBeanFactory beans;
    private final Set<String> configured;
    private final Map<String, WeakReference<Object>> registered = new HashMap<>();
    private @Nullable HeapGauge gauge;
    private Map<String, CacheManager> managers = Map.of();

    CacheRoots(ListableBeanFactory beans, HeapGaugeProperties properties) {
        this.beans = beans;
        configured = properties.roots().stream()
                .map(HeapGaugeProperties.Root::nameOrBean)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized void onStart(HeapGauge started) {
        gauge = started;
    }

    @Override
    public synchronized void afterSingletonsInstantiated() {
        managers = beans.getBeansOfType(CacheManager.class, false, false);
        register();
    }

    @Override
    public synchronized void onCaptureStarted(CaptureRequest request) {
        register();
    }

    private void register() {
        HeapGauge to = gauge;
        if (to == null) {
            return;
        }
        managers.forEach((bean, manager) -> {
            for (String cacheName : manager.getCacheNames()) {
                Object store = store(manager.getCache(cacheName));
                if (store != null) {
                    register(to, store, cacheName, bean + "." + cacheName);
                }
            }
        });
    }

    private static @Nullable Object store(@Nullable Cache cache) {
        Object store = cache == null ? null : cache.getNativeCache();
        return store instanceof ConcurrentMap
                        || store != null && store.getClass().getName().startsWith(CAFFEINE)
                ? store
                : null;
    }

    private boolean isRegistered(String name, Object store) {
        WeakReference<Object> known = registered.get(name);
        return known != null && known.refersTo(store);
    }

    private void register(HeapGauge to, Object store, String cacheName, String fullName) {
        if (isRegistered(cacheName, store) || isRegistered(fullName, store)) {
            return;
        }
        boolean taken = configured.contains(cacheName) || registered.containsKey(cacheName);
        String name = taken ? fullName : cacheName;
        if (registered.put(name, new WeakReference<>(store)) != null) {
            to.unregister(name); // the manager has made the cache anew
        }
        try {
            to.register(name, store, NOT_OWNED);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cache ''{0}'' is not measured: {1}; name it in heapgauge.roots to measure it all the same",
                    cacheName,
                    e.getMessage());
        }
    }
}
