/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK of this machine that forked JVMs run on.
 *
 * @param home its directory
 * @param feature its version, for example 17
 */
record Jdk(Path home, int feature) {
    private static final String RUNNING = "running";
    private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

    /**
     * The running JDK first, then those named by the system property {@code heapgauge.jdks} or the environment variable
     * {@code HEAPGAUGE_JDKS} (homes with the path separator between them), then those in the usual place, as far as they
     * are of a version that is supported. With {@code -Dheapgauge.jdks=running} the running one only.
     */
    static List<Jdk> all() {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        if (RUNNING.equals(System.getProperty("heapgauge.jdks"))) {
            return at(homes.get(0)).stream().toList();
        }
        Stream.of(System.getProperty("heapgauge.jdks"), System.getenv("HEAPGAUGE_JDKS"))
                .filter(list -> list != null && !list.isBlank())
                .flatMap(list -> Arrays.stream(list.split(File.pathSeparator)))
                .forEach(home -> homes.add(Path.of(home)));
        homes.addAll(childrenOf(USUAL_PLACE));
        Map<Path, Jdk> jdks = new LinkedHashMap<>();
        for (Path home : homes) {
            at(home).filter(jdk -> jdk.feature == 17 || jdk.feature >= 21)
                    .ifPresent(jdk -> jdks.putIfAbsent(jdk.home, jdk));
        }
        return List.copyOf(jdks.values());
    }

    /** The engine that a gauge takes of which nothing was asked: since JDK 24 the VM would warn of a native library. */
    String defaultEngine() {
        return feature < 24 ? "fork" : "hotspot";
    }

    /** One of its commands, for example {@code java} or {@code jfr}. */
    String command(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }

    private static Optional<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            facts.load(reader);
            String version = facts.getProperty("JAVA_VERSION", "0").replace("\"", "");
            return Optional.of(
                    new Jdk(home.toRealPath(), Runtime.Version.parse(version).feature()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> childrenOf(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
