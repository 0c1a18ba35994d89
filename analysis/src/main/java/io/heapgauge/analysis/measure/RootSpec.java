/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import java.util.Objects;

/** How a configured root is found in a capture. {@link #parse} and {@link Object#toString} are inverse. */
public sealed interface RootSpec {

    /**
     * One object by its id in the dump, an address.
     *
     * @param id the object's id
     */
    record AtAddress(long id) implements RootSpec {
        @Override
        public String toString() {
            return "object:0x" + Long.toHexString(id);
        }
    }

    /**
     * The value of a static reference field, in every class loader that has the class.
     *
     * @param className binary class name, {@code com.acme.Catalog}
     * @param field field name
     */
    record StaticField(String className, String field) implements RootSpec {
        @Override
        public String toString() {
            return "static:" + className + "#" + field;
        }
    }

    /**
     * All GC-reached instances of exactly one class.
     *
     * @param className class name as people write it; arrays as {@code byte[]}
     */
    record InstancesOf(String className) implements RootSpec {
        @Override
        public String toString() {
            return "class:" + className;
        }
    }

    /**
     * The threads of one name with what their frames and native code hold.
     *
     * @param threadName exact thread name
     */
    record ThreadNamed(String threadName) implements RootSpec {
        @Override
        public String toString() {
            return "thread:" + threadName;
        }
    }

    /**
     * An object that the captured process had registered under a name; found through the registry's entries in the heap.
     *
     * @param entryName name of the registration
     * @param registryId id of the registry that must hold it, or 0 for any registry
     */
    record Registered(String entryName, long registryId) implements RootSpec {
        @Override
        public String toString() {
            return "registered:" + entryName;
        }
    }

    /**
     * Shorthand for {@link StaticField}.
     *
     * @param className binary class name
     * @param field field name
     * @return the specification
     */
    static RootSpec staticField(String className, String field) {
        return new StaticField(className, field);
    }

    /**
     * Shorthand for {@link InstancesOf}.
     *
     * @param className class name as people write it
     * @return the specification
     */
    static RootSpec instancesOf(String className) {
        return new InstancesOf(className);
    }

    /**
     * Shorthand for {@link ThreadNamed}.
     *
     * @param threadName exact thread name
     * @return the specification
     */
    static RootSpec thread(String threadName) {
        return new ThreadNamed(threadName);
    }

    /**
     * Reads {@code static:Class#field}, {@code class:Name}, {@code thread:name}, {@code object:0x…} or
     * {@code registered:name}.
     *
     * @param text the specification
     * @return the specification as a value
     * @throws IllegalArgumentException if the text is none of these, saying what was expected
     */
    static RootSpec parse(String text) {
        Objects.requireNonNull(text, "text");
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        if (!rest.isBlank()) {
            switch (kind) {
                case "static": {
                    int hash = rest.indexOf('#');
                    if (hash > 0 && hash < rest.length() - 1) {
                        return new StaticField(rest.substring(0, hash), rest.substring(hash + 1));
                    }
                    break;
                }
                case "class":
                    return new InstancesOf(rest);
                case "thread":
                    return new ThreadNamed(rest);
                case "object":
                    try {
                        return new AtAddress(
                                rest.startsWith("0x")
                                        ? Long.parseUnsignedLong(rest.substring(2), 16)
                                        : Long.parseUnsignedLong(rest));
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException(
                                "root '" + text + "': the address is no number; write object:0x7f00a0", e);
                    }
                case "registered":
                    return new Registered(rest, 0);
                default:
                    break;
            }
        }
        throw new IllegalArgumentException("root '" + text
                + "': expected static:Class#field, class:Name, thread:name, object:0xADDRESS or registered:name");
    }
}
