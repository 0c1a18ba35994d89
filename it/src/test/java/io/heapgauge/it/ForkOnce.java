/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.EngineChoice;
import io.heapgauge.HeapGauge;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Snapshots by gauges of several class loaders in one JVM, as web applications have them, all open at once: {@code ForkOnce
 * DIRECTORY}.
 */
public final class ForkOnce implements Function<String, Callable<String>> {
    private static final int LOADERS = 3;

    public static void main(String[] args) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry :
                System.getProperty("java.class.path").split(Pattern.quote(System.getProperty("path.separator")))) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        List<Callable<String>> open = new ArrayList<>();
        for (int i = 0; i < LOADERS; i++) {
            ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            open.add(start(loader.loadClass(ForkOnce.class.getName()), args[0] + "/" + i));
        }
        for (Callable<String> each : open) {
            System.out.println(
                    each.getClass().getClassLoader() == ForkOnce.class.getClassLoader()
                            ? "same loader"
                            : "captured by " + each.call());
        }
    }

    @SuppressWarnings("unchecked")
    private static Callable<String> start(Class<?> inLoader, String directory) throws ReflectiveOperationException {
        return ((Function<String, Callable<String>>) inLoader.getConstructor().newInstance()).apply(directory);
    }

    @Override
    public Callable<String> apply(String directory) {
        HeapGauge gauge = HeapGauge.builder()
                .name("loader-" + Path.of(directory).getFileName())
                .directory(Path.of(directory))
                .engine(EngineChoice.FORK)
                .quickEvery(null)
                .start();
        return () -> {
            try (gauge) {
                return gauge.capture().capture().engine();
            }
        };
    }
}
