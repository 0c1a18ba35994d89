/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapType;
import java.util.regex.Pattern;

/**
 * Which types are meant: {@code com.acme.Session} exactly, {@code com.acme.*} with any text for the star, {@code
 * com.acme.Session+} with its sub classes, {@code com.acme.Session@0x7f00} as one loader has it.
 */
final class TypePattern {
    private final String name;
    private final Pattern pattern;
    private final boolean subclasses;
    /** Id of the loader, -1 for any. */
    private final long loaderId;

    private TypePattern(String name, boolean subclasses, long loaderId) {
        this.name = name;
        this.subclasses = subclasses;
        this.loaderId = loaderId;
        pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
    }

    /** @throws IllegalArgumentException if there is no name, or what follows the last @ is no address */
    static TypePattern parse(String text) {
        int at = text.lastIndexOf("@0x");
        String name = at < 0 ? text : text.substring(0, at);
        long loader = -1;
        if (at >= 0) {
            try {
                loader = Long.parseUnsignedLong(text.substring(at + 3), 16);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "type '" + text + "': expected the address of a class loader behind @, for example @0x7f00", e);
            }
        }
        boolean subclasses = name.endsWith("+");
        name = subclasses ? name.substring(0, name.length() - 1) : name;
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "type '" + text + "': expected a class name, for example com.acme.Session");
        }
        return new TypePattern(name, subclasses, loader);
    }

    boolean matches(OpenHeap open, HeapType type) {
        return subclasses ? open.isA(type, this::isNamed) : isNamed(type);
    }

    private boolean isNamed(HeapType type) {
        return (loaderId < 0 || type.loaderId() == loaderId)
                && (type.name().equals(name)
                        || pattern.matcher(type.name()).matches()
                        || type.displayName().equals(name));
    }
}
