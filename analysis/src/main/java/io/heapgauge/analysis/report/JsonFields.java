/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The fields of one JSON object, asked for by name and kind; a complaint names the path to the field. */
final class JsonFields {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    private final String path;
    private final Map<String, @Nullable Object> values;

    private JsonFields(String path, Map<String, @Nullable Object> values) {
        this.path = path;
        this.values = values;
    }

    static JsonFields read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
            return object("", value);
        }
    }

    String text(String name) throws IOException {
        return required(name, textOrNull(name));
    }

    @Nullable
    String textOrNull(String name) throws IOException {
        return typed(name, String.class, "a text");
    }

    long number(String name) throws IOException {
        return required(name, numberOrNull(name));
    }

    int smallNumber(String name) throws IOException {
        long value = number(name);
        if (value != (int) value) {
            throw new IOException("'" + path + name + "' is out of range: " + value);
        }
        return (int) value;
    }

    @Nullable
    Long numberOrNull(String name) throws IOException {
        return typed(name, Long.class, "a whole number");
    }

    /** A number that may have a fraction. */
    double fraction(String name) throws IOException {
        return required(name, typed(name, Number.class, "a number")).doubleValue();
    }

    boolean flag(String name) throws IOException {
        return required(name, typed(name, Boolean.class, "true or false"));
    }

    Instant instant(String name) throws IOException {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("'" + path + name + "' is no instant: " + text, e);
        }
    }

    JsonFields object(String name) throws IOException {
        return required(name, objectOrNull(name));
    }

    @Nullable
    JsonFields objectOrNull(String name) throws IOException {
        Object value = values.get(name);
        return value == null ? null : object(path + name + ".", value);
    }

    List<JsonFields> objects(String name) throws IOException {
        List<?> elements = required(name, typed(name, List.class, "an array"));
        List<JsonFields> objects = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            objects.add(object(path + name + "[" + i + "].", elements.get(i)));
        }
        return objects;
    }

    /** The same of a field that earlier writers did not know. */
    List<JsonFields> objectsOrNone(String name) throws IOException {
        return values.get(name) == null ? List.of() : objects(name);
    }

    <E extends Enum<E>> E constant(String name, E[] constants, Function<E, String> id) throws IOException {
        String text = text(name);
        for (E constant : constants) {
            if (id.apply(constant).equals(text)) {
                return constant;
            }
        }
        throw new IOException("'" + path + name + "' is unknown: " + text);
    }

    private <T> T required(String name, @Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException("'" + path + name + "' is missing");
        }
        return value;
    }

    private <T> @Nullable T typed(String name, Class<T> type, String kind) throws IOException {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IOException("'" + path + name + "' is not " + kind);
        }
        return type.cast(value);
    }

    @SuppressWarnings("unchecked") // value() makes maps of this type only
    private static JsonFields object(String path, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return new JsonFields(path, (Map<String, @Nullable Object>) map);
        }
        throw new IOException("no JSON object" + (path.isEmpty() ? "" : " at '" + path + "'"));
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        return null;
    }
}
