/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ObjectRecord;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What objects and fields are worth: texts of both coders, boxed values, names of enum constants, threads and classes. */
final class Values {
    /** Characters that are enough to know a value again. */
    static final int SHORT = 100;

    private static final int LATIN1 = 0;
    private static final String VALUE = "value";
    private static final Map<String, String> BOXED = Map.of(
            "java.lang.Boolean", "boolean",
            "java.lang.Byte", "byte",
            "java.lang.Character", "char",
            "java.lang.Short", "short",
            "java.lang.Integer", "int",
            "java.lang.Long", "long",
            "java.lang.Float", "float",
            "java.lang.Double", "double");

    private final View view;
    private final OpenHeap open;

    Values(View view) {
        this.view = view;
        open = view.open();
    }

    /** The value of a field or element: an object, a boxed primitive, or null. */
    @Nullable
    Object of(String type, long bits) {
        return switch (type) {
            case ObjectRecord.REFERENCE -> bits == 0 ? null : view.objectAt(bits);
            case "boolean" -> bits != 0;
            case "byte" -> (byte) bits;
            case "char" -> (char) bits;
            case "short" -> (short) bits;
            case "int" -> (int) bits;
            case "float" -> Float.intBitsToFloat((int) bits);
            case "double" -> Double.longBitsToDouble(bits);
            default -> bits;
        };
    }

    /** What an object is worth, at most so many characters of it; null where it is no value. */
    @Nullable
    Object valueOf(int ordinal, int most) {
        HeapType type = open.typeOf(ordinal);
        if (open.isClassObject(ordinal)) {
            String name = open.graph().displayName(ordinal);
            return name.startsWith("class ") ? name.substring("class ".length()) : null;
        }
        boolean array = type.name().endsWith("[]");
        if (array && type.name().indexOf('.') >= 0) {
            return null;
        }
        if (!array && !isValue(type)) {
            return recorded(ordinal, most);
        }
        ObjectRecord record = open.record(ordinal, 0, most);
        if (record.value() != null) {
            return cut(record.value(), most);
        }
        if (array) {
            boolean known = record.elements().length > 0 || record.length() == 0;
            return known && !record.elementType().equals(ObjectRecord.REFERENCE) ? elements(record) : null;
        }
        if (type.name().equals("java.lang.String")) {
            return text(record, most);
        }
        String primitive = BOXED.get(type.name());
        if (primitive != null) {
            ObjectRecord.Field field = field(record, VALUE);
            return field == null ? null : of(primitive, field.bits());
        }
        ObjectRecord.Field name = field(record, "name");
        int target = name == null ? -1 : open.graph().ordinalOf(name.bits());
        return target < 0 || target == ordinal ? null : valueOf(target, most);
    }

    private boolean isValue(HeapType type) {
        return type.name().equals("java.lang.String")
                || BOXED.containsKey(type.name())
                || open.isA(type, "java.lang.Enum")
                || open.isA(type, "java.lang.Thread");
    }

    /** What the source itself says; a dump of Java says nothing, and need not be read for that. */
    private @Nullable Object recorded(int ordinal, int most) {
        return open.source().classType() >= 0 ? null : cut(open.record(ordinal).value(), most);
    }

    private static @Nullable Object cut(@Nullable Object value, int most) {
        return value instanceof String text && text.length() > most ? text.substring(0, most) : value;
    }

    static ObjectRecord.@Nullable Field field(ObjectRecord record, String name) {
        for (ObjectRecord.Field field : record.fields()) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    private @Nullable String text(ObjectRecord string, int most) {
        ObjectRecord.Field value = field(string, VALUE);
        int array = value == null ? -1 : open.graph().ordinalOf(value.bits());
        if (array < 0) {
            return null;
        }
        int units = isUtf16Bytes(string) ? 2 * most : most;
        ObjectRecord content = open.record(array, 0, units);
        long[] elements = content.elements();
        StringBuilder text = new StringBuilder();
        if (content.elementType().equals("char")) {
            for (long c : elements) {
                text.append((char) c);
            }
        } else if (isUtf16Bytes(string)) {
            // in the byte order of the machine that wrote the dump; those of the JDK's platforms are little-endian
            for (int i = 0; i + 1 < elements.length; i += 2) {
                text.append((char) (elements[i] & 0xff | (elements[i + 1] & 0xff) << 8));
            }
        } else {
            for (long b : elements) {
                text.append((char) (b & 0xff));
            }
        }
        return text.toString();
    }

    private static boolean isUtf16Bytes(ObjectRecord string) {
        ObjectRecord.Field coder = field(string, "coder");
        return coder != null && coder.bits() != LATIN1;
    }

    private String elements(ObjectRecord array) {
        if (array.elementType().equals("char")) {
            StringBuilder text = new StringBuilder();
            for (long c : array.elements()) {
                text.append((char) c);
            }
            return text.toString();
        }
        StringJoiner text = new StringJoiner(", ", "[", array.length() > array.elements().length ? ", …]" : "]");
        for (long element : array.elements()) {
            text.add(String.valueOf(of(array.elementType(), element)));
        }
        return text.toString();
    }

    /** Characters, elements of an array, or what the source says; -1 for anything else. */
    int lengthOf(int ordinal) {
        HeapType type = open.typeOf(ordinal);
        ObjectRecord record = open.record(ordinal);
        if (record.length() >= 0) {
            return record.length();
        }
        if (type.name().equals("java.lang.String")) {
            ObjectRecord.Field value = field(record, VALUE);
            int array = value == null ? -1 : open.graph().ordinalOf(value.bits());
            int units = array < 0 ? 0 : open.record(array).length();
            return isUtf16Bytes(record) ? units / 2 : units;
        }
        return -1;
    }
}
