/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.agent;

import io.heapgauge.ContinuousMode;
import io.heapgauge.EngineChoice;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapGaugeBuilder;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text after {@code -javaagent:heapgauge-agent.jar=}: {@code key=value} pairs between commas; of several roots between
 * semicolons, each {@code static:Class#field}, {@code class:Name} or {@code thread:name}, with {@code name=} in front or
 * without.
 */
final class AgentOptions {
    /** No scrape address was asked for. */
    static final int NO_PORT = -1;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final int MOST_PORT = 65_535;
    private static final int MOST_SNAPSHOT_PROCESSES = 64;

    private final HeapGaugeBuilder builder = HeapGauge.builder();
    private final Map<String, BiConsumer<String, String>> known = new LinkedHashMap<>();
    private int port = NO_PORT;
    private Duration delay = Duration.ofSeconds(2);

    private AgentOptions() {
        known.put("name", (key, value) -> builder.name(value));
        known.put("roots", (key, value) -> Arrays.stream(value.split(";")).forEach(this::root));
        known.put("every", (key, value) -> builder.every(duration(key, value)));
        known.put("quickEvery", (key, value) -> {
            Duration interval = duration(key, value);
            builder.quickEvery(interval.isZero() ? null : interval);
        });
        known.put("signal", (key, value) -> builder.signal(value));
        known.put("engine", (key, value) -> builder.engine(constant(EngineChoice.class, key, value)));
        known.put("level", (key, value) -> builder.maxLevel(constant(Level.class, key, value)));
        known.put("quickLevel", (key, value) -> builder.quickLevel(constant(Level.class, key, value)));
        known.put(
                "snapshotProcesses",
                (key, value) -> builder.snapshotProcesses(number(key, value, 1, MOST_SNAPSHOT_PROCESSES)));
        known.put("hugePages", (key, value) -> builder.hugePages(yesOrNo(key, value)));
        known.put("pauseBudget", (key, value) -> builder.continuous(new ContinuousMode(share(key, value), true)));
        known.put("minimumInterval", (key, value) -> builder.minimumInterval(duration(key, value)));
        known.put("maximumPause", (key, value) -> builder.maximumPause(duration(key, value)));
        known.put("directory", (key, value) -> builder.directory(Path.of(value)));
        known.put("port", (key, value) -> port = number(key, value, 0, MOST_PORT));
        known.put("delay", (key, value) -> delay = duration(key, value));
    }

    /**
     * Reads the text.
     *
     * @param text the options, empty for none
     * @return what they say
     * @throws IllegalArgumentException naming the option, its value and what is allowed
     */
    static AgentOptions parse(String text) {
        AgentOptions options = new AgentOptions();
        // unasked, the agent does not pause a program that knows nothing of it
        options.builder.quickEvery(null);
        for (String option : text.split(",")) {
            if (!option.isBlank()) {
                options.set(option.strip());
            }
        }
        return options;
    }

    private void set(String option) {
        int equals = option.indexOf('=');
        String key = equals < 0 ? option : option.substring(0, equals);
        BiConsumer<String, String> setter = known.get(key);
        if (setter == null || equals < 0) {
            throw new IllegalArgumentException(
                    "option '" + option + "': expected KEY=VALUE with one of " + String.join(", ", known.keySet()));
        }
        setter.accept(key, option.substring(equals + 1));
    }

    private void root(String text) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=');
        boolean named = equals > 0 && equals < colon;
        String spec = named ? text.substring(equals + 1) : text;
        builder.root(named ? text.substring(0, equals) : nameOf(spec), RootSpec.parse(spec));
    }

    /** The part of a specification that people would call it by: {@code Catalog.CACHE} of a field, else the last name. */
    private static String nameOf(String spec) {
        String rest = spec.substring(spec.indexOf(':') + 1);
        int hash = rest.indexOf('#');
        String type = hash < 0 ? rest : rest.substring(0, hash);
        String last = type.substring(type.lastIndexOf('.') + 1);
        return hash < 0 ? last : last + "." + rest.substring(hash + 1);
    }

    private static Duration duration(String key, String value) {
        Matcher matcher = DURATION.matcher(value);
        try {
            if (!matcher.matches()) {
                return Duration.parse(value);
            }
        } catch (DateTimeParseException e) {
            throw refused(key, value, "a time such as 500ms, 30s, 15m, 1h or 1d", e);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String key, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> refused(
                        key,
                        value,
                        "one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")),
                        null));
    }

    private static double share(String key, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw refused(key, value, "a share of the time such as 0.001", e);
        }
    }

    private static int number(String key, String value, int least, int most) {
        String expected = least + " to " + most;
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(key, value, expected, e);
        }
        throw refused(key, value, expected, null);
    }

    private static boolean yesOrNo(String key, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, value, "true or false", null);
        };
    }

    private static IllegalArgumentException refused(
            String key, String value, String expected, @Nullable Throwable cause) {
        return new IllegalArgumentException("option '" + key + "=" + value + "': expected " + expected, cause);
    }

    /** With all options set. */
    HeapGaugeBuilder builder() {
        return builder;
    }

    /** Where Prometheus may scrape, on loopback; 0 for any free one. */
    int port() {
        return port;
    }

    /** How long the program is left alone at first. */
    Duration delay() {
        return delay;
    }
}
