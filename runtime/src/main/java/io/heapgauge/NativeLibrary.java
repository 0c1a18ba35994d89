/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native part of the fork engine from the jar: a copy of its own for each class loader, in a directory that only
 * this user may enter, gone from there as soon as it is loaded.
 */
final class NativeLibrary {
    private static final String RESOURCE = "native/linux-%s/libheapgauge.so";

    /** JEP 472. */
    private static final int FIRST_WITH_WARNING = 24;

    private NativeLibrary() {}

    /**
     * Whether loading it would make the VM print a warning.
     *
     * @return null, or what the VM would warn of and what prevents that, for people
     */
    static @Nullable String warning() {
        if (Runtime.version().feature() < FIRST_WITH_WARNING || isAccessEnabled()) {
            return null;
        }
        return "this VM would print a warning that a native library is loaded;"
                + " --enable-native-access=ALL-UNNAMED allows it, the engine auto takes the warning";
    }

    /** {@code Module.isNativeAccessEnabled}, of JDK 22. */
    private static boolean isAccessEnabled() {
        try {
            return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(NativeLibrary.class.getModule());
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /**
     * Loads it.
     *
     * @param directory where the copy lies for a moment
     * @return null, or why it cannot be loaded, for people
     */
    static @Nullable String load(Path directory) {
        String architecture = architecture();
        if (!System.getProperty("os.name", "").equals("Linux") || architecture == null) {
            return "it is for Linux on x86_64 and aarch64, this is " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch");
        }
        if (isMusl()) {
            return "the C library is musl, and the native part is built for glibc";
        }
        try {
            byte[] library = resource(String.format(RESOURCE, architecture));
            if (library == null) {
                return "this jar has no native part for " + architecture + ": it was built without a C compiler";
            }
            return loadFrom(directory, library);
        } catch (IOException e) {
            return "the native part cannot be unpacked in " + directory + ": " + e.getMessage();
        }
    }

    private static @Nullable String architecture() {
        return switch (System.getProperty("os.arch", "")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> null;
        };
    }

    private static boolean isMusl() {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)) {
            return maps.anyMatch(line -> line.contains("ld-musl"));
        } catch (IOException e) {
            return false; // without /proc the loader itself will tell
        }
    }

    private static byte @Nullable [] resource(String name) throws IOException {
        try (InputStream in = NativeLibrary.class.getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static @Nullable String loadFrom(Path directory, byte[] library) throws IOException {
        Path copy = directory.resolve("libheapgauge-" + RandomNames.next() + ".so");
        try {
            Files.createFile(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.write(copy, library, StandardOpenOption.WRITE);
            if (!Arrays.equals(Files.readAllBytes(copy), library)) {
                return "the copy of the native part in " + directory + " is not what was written";
            }
            System.load(copy.toString());
            return null;
        } catch (UnsatisfiedLinkError e) {
            return explained(directory, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // IllegalCallerException since JDK 24
            return "this VM denies native access to heapgauge: " + e.getMessage()
                    + "; --enable-native-access=ALL-UNNAMED allows it";
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static String explained(Path directory, String message) {
        boolean noexec = message.toLowerCase(Locale.ROOT).contains("operation not permitted")
                || message.contains("failed to map segment");
        return noexec
                ? "the file system of " + directory + " forbids to run what lies on it (noexec): " + message
                : "the native part cannot be loaded: " + message;
    }
}
