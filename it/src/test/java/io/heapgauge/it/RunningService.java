/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.remote.JMXServiceURL;

/** An {@link EmbeddingService} in a JVM of its own, with a management client connected to it. */
final class RunningService implements AutoCloseable {
    private final ForkedJvm jvm;
    private final Path workDirectory;
    private final URI metrics;
    private final JmxClient jmx;

    private RunningService(ForkedJvm jvm, Path workDirectory) throws IOException {
        String[] addresses = jvm.awaitLine("ready ").split(" ");
        this.jvm = jvm;
        this.workDirectory = workDirectory;
        this.metrics = URI.create(addresses[1]);
        this.jmx = JmxClient.connect(new JMXServiceURL(addresses[0]));
    }

    static RunningService start(Jdk jdk, Path directory, String... flags) throws IOException, InterruptedException {
        Path workDirectory = Files.createDirectory(directory.resolve("service"));
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddingService.class.getName(),
                workDirectory.resolve("dumps").toString()));
        ForkedJvm jvm = ForkedJvm.start(jdk, workDirectory, arguments);
        try {
            return new RunningService(jvm, workDirectory);
        } catch (IOException | RuntimeException | Error e) {
            jvm.close();
            throw e;
        }
    }

    ForkedJvm jvm() {
        return jvm;
    }

    JmxClient jmx() {
        return jmx;
    }

    /** Its working and temporary directory; the gauge's directory is {@code dumps} below it. */
    Path workDirectory() {
        return workDirectory;
    }

    PrometheusText scrape() throws IOException {
        return PrometheusText.scrape(metrics);
    }

    void open() throws IOException {
        jvm.send("open");
        jvm.awaitLine("opened");
    }

    void grow(int sessions) throws IOException {
        jvm.send("grow " + sessions);
        jvm.awaitLine("grown to " + sessions);
    }

    void closeGauge() throws IOException {
        jvm.send("close");
        jvm.awaitLine("closed");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            jmx.close();
        } finally {
            jvm.close();
        }
    }
}
