/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.child.ChildMain;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The class path of a JVM that analyses: the jars that this one has loaded the analysis and its libraries from. Jars inside of
 * an executable jar are copied out of it, once per gauge.
 */
final class ChildClassPath {
    /** One class of each library. */
    private static final List<String> LIBRARIES =
            List.of("org.agrona.collections.Long2LongHashMap", "tools.jackson.core.JsonGenerator");

    private static final String NESTED = "nested:";
    private static final String COPIES = "classpath";

    private ChildClassPath() {}

    /**
     * The class path.
     *
     * @param own directory for copies, this gauge's alone
     * @throws IOException if a library cannot be found, or a jar not be copied
     */
    static String of(Path own) throws IOException {
        Set<String> entries = new LinkedHashSet<>();
        entries.add(entry(ChildMain.class, own));
        for (String library : LIBRARIES) {
            try {
                entries.add(entry(Class.forName(library, false, ChildMain.class.getClassLoader()), own));
            } catch (ClassNotFoundException e) {
                throw new IOException("no analysis in a JVM of its own: " + library + " is not on the class path", e);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static String entry(Class<?> type, Path own) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) {
            throw unknown(type, "nowhere");
        }
        String text = decoded(location.toString());
        if (text.startsWith("jar:")) {
            text = text.substring("jar:".length());
        }
        text = text.endsWith("!/") ? text.substring(0, text.length() - 2) : text;
        if (text.startsWith("file:") && !text.contains("!/")) {
            return Path.of(withoutScheme(text)).toString();
        }
        // nested:/app.jar/!BOOT-INF/lib/x.jar, or file:/app.jar!/BOOT-INF/lib/x.jar of older loaders
        String mark = text.startsWith(NESTED) ? "/!" : "!/";
        int inside = text.indexOf(mark);
        if (inside < 0) {
            throw unknown(type, location.toString());
        }
        Path outer = Path.of(withoutScheme(text.substring(0, inside)));
        return copied(outer, text.substring(inside + mark.length()), own).toString();
    }

    private static String decoded(String url) {
        return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String withoutScheme(String text) {
        return text.substring(text.indexOf(':') + 1);
    }

    private static IOException unknown(Class<?> type, String location) {
        return new IOException("no analysis in a JVM of its own: " + type.getName() + " was loaded from " + location
                + ", which is no file; analyse in this process instead");
    }

    /** An entry of a jar that is a jar itself, or everything below one that is a directory. */
    private static Path copied(Path outer, String inner, Path own) throws IOException {
        Path copies = own.resolve(COPIES);
        if (!Files.isDirectory(copies)) {
            OwnerOnly.createDirectory(copies);
        }
        boolean directory = inner.endsWith("/");
        String name = inner.substring(inner.lastIndexOf('/', inner.length() - 2) + 1);
        Path copy = copies.resolve(directory ? name.substring(0, name.length() - 1) : name);
        if (Files.exists(copy)) {
            return copy;
        }
        try (JarFile jar = new JarFile(outer.toFile())) {
            if (directory) {
                copyBelow(jar, inner, copy);
            } else {
                copy(jar, jar.getJarEntry(inner), copy);
            }
        }
        return copy;
    }

    private static void copyBelow(JarFile jar, String prefix, Path target) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            Path file = target.resolve(
                            entry.getName().startsWith(prefix) ? entry.getName().substring(prefix.length()) : "")
                    .normalize();
            if (!entry.isDirectory() && entry.getName().startsWith(prefix) && file.startsWith(target)) {
                Files.createDirectories(file.getParent());
                copy(jar, entry, file);
            }
        }
    }

    private static void copy(JarFile jar, JarEntry entry, Path target) throws IOException {
        if (entry == null) {
            throw new IOException(
                    "no analysis in a JVM of its own: " + jar.getName() + " has no " + target.getFileName());
        }
        Path partial = target.resolveSibling(target.getFileName() + ".part");
        try (InputStream in = jar.getInputStream(entry)) {
            Files.deleteIfExists(partial);
            Files.copy(in, partial);
        }
        OwnerOnly.restrictFile(partial);
        Files.move(partial, target);
    }
}
