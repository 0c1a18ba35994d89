/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Prometheus server would scrape.
 *
 * @param samples of all metrics
 */
record PrometheusText(List<Sample> samples) {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern TAG = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * One sample.
     *
     * @param metric its name
     * @param tags its labels
     * @param value its value
     */
    record Sample(String metric, Map<String, String> tags, double value) {}

    static PrometheusText scrape(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            assertThat(connection.getResponseCode()).isEqualTo(200);
            return parse(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            connection.disconnect();
        }
    }

    static PrometheusText parse(String text) {
        return new PrometheusText(text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Sample(line.group(1), tags(line.group(2)), Double.parseDouble(line.group(3))))
                .toList());
    }

    /** The value of the only sample with this name and at least these tags. */
    OptionalDouble value(String metric, Map<String, String> tags) {
        return samples.stream()
                .filter(sample -> sample.metric().equals(metric)
                        && sample.tags().entrySet().containsAll(tags.entrySet()))
                .mapToDouble(Sample::value)
                .reduce((one, other) -> {
                    throw new AssertionError("several samples of " + metric + tags);
                });
    }

    List<Sample> ofHeapgauge() {
        return samples.stream()
                .filter(sample -> sample.metric().startsWith("heapgauge_"))
                .toList();
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new HashMap<>();
        if (text != null) {
            Matcher tag = TAG.matcher(text);
            while (tag.find()) {
                tags.put(tag.group(1), tag.group(2));
            }
        }
        return tags;
    }
}
