/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells of a property under {@code heapgauge.} that does not exist which one was probably meant. Values that are not accepted
 * are told by Boot's own analyzers, with the property and what is allowed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {
    private static final String PREFIX = "heapgauge.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, UnboundConfigurationPropertiesException cause) {
        List<ConfigurationProperty> unknown = cause.getUnboundProperties().stream()
                .filter(property -> property.getName().toString().startsWith(PREFIX))
                .sorted(Comparator.comparing(ConfigurationProperty::getName))
                .toList();
        if (unknown.isEmpty()) {
            return null; // somebody else's
        }
        String description = unknown.stream()
                .map(property -> "There is no property " + property.getName() + " (its value is '" + property.getValue()
                        + "', from " + property.getOrigin() + ").")
                .collect(Collectors.joining("\n"));
        String action = unknown.stream()
                .map(property -> "Instead of " + property.getName() + ", did you mean "
                        + nearest(property.getName().toString()) + "?")
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(description, action, failure);
    }

    private static String nearest(String name) {
        String wanted = name.replaceAll("\\[\\d+]", "[n]");
        return names(PREFIX, HeapGaugeProperties.class).stream()
                .min(Comparator.comparingInt((String known) -> distance(wanted, known))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static List<String> names(String prefix, Class<?> type) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name =
                    prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                names.addAll(names(name + ".", component.getType()));
            } else if (component.getName().equals("roots")) {
                names.addAll(names(name + "[n].", HeapGaugeProperties.Root.class));
            } else {
                names.add(name);
            }
        }
        return names;
    }

    /** Letters to be put in, taken out or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
