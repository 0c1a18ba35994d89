/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.MemoryReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads how much memory this process takes: the Java heap from the VM, the rest from the files of the Linux kernel
 * (proc(5); control groups of version 1 and 2). What cannot be read is null.
 */
final class MemoryReader {
    private static final System.Logger LOG = System.getLogger(MemoryReader.class.getName());

    /** Version 1 says "no limit" by the largest multiple of a page. */
    private static final long NO_LIMIT = Long.MAX_VALUE >> 1;

    private final Path root;

    /**
     * Names the root of the file system.
     *
     * @param root {@code /}, or a copy of a part of it in tests
     */
    MemoryReader(Path root) {
        this.root = root;
    }

    static long usedHeapBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    MemoryReading read() {
        List<String> status = lines(root.resolve("proc/self/status"));
        return new MemoryReading(
                usedHeapBytes(),
                Runtime.getRuntime().totalMemory(),
                kibibytes(status, "VmRSS:"),
                kibibytes(status, "VmHWM:"),
                group("memory.current", "memory.usage_in_bytes", MemoryReader::first),
                group("memory.max", "memory.limit_in_bytes", MemoryReader::least));
    }

    /** Memory of the whole machine that can be had without swapping. */
    @Nullable
    Long availableOfMachine() {
        return kibibytes(lines(root.resolve("proc/meminfo")), "MemAvailable:");
    }

    /** Page cache in the control group that goes when memory is asked for; 0 where it is not told. */
    long reclaimableOfGroup() {
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            boolean version2 = parts.length == 3 && parts[1].isEmpty();
            if (version2 || parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                Path mount = root.resolve(version2 ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
                String key = version2 ? "inactive_file " : "total_inactive_file ";
                return files(mount, parts[2], "memory.stat")
                        .flatMap(file -> lines(file).stream())
                        .filter(text -> text.startsWith(key))
                        .map(text -> number(text.substring(key.length()).strip()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(0L);
            }
        }
        return 0;
    }

    private static @Nullable Long kibibytes(List<String> status, String key) {
        for (String line : status) {
            if (line.startsWith(key)) {
                Long kibibytes =
                        number(line.substring(key.length()).replace("kB", "").strip());
                return kibibytes == null ? null : kibibytes << 10;
            }
        }
        return null;
    }

    /** Groups lie in each other; inside a container only the innermost may be seen, and then as the root. */
    private @Nullable Long group(String version2, String version1, Function<Stream<Long>, @Nullable Long> choice) {
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                Long value = choice.apply(values(root.resolve("sys/fs/cgroup"), parts[2], version2));
                if (value != null) {
                    return value;
                }
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                return choice.apply(values(root.resolve("sys/fs/cgroup/memory"), parts[2], version1));
            }
        }
        return null;
    }

    private static @Nullable Long first(Stream<Long> values) {
        return values.findFirst().orElse(null);
    }

    private static @Nullable Long least(Stream<Long> values) {
        return values.filter(value -> value < NO_LIMIT).min(Long::compare).orElse(null);
    }

    /** From the innermost group to the outermost. */
    private static Stream<Path> files(Path mount, String group, String file) {
        Path innermost;
        try {
            innermost = mount.resolve(group.substring(1)).normalize();
        } catch (InvalidPathException e) {
            return Stream.of();
        }
        return Stream.iterate(innermost, path -> path != null && path.startsWith(mount), Path::getParent)
                .map(path -> path.resolve(file));
    }

    private static Stream<Long> values(Path mount, String group, String file) {
        return files(mount, group, file)
                .flatMap(path -> lines(path).stream().limit(1))
                .map(text -> number(text.strip()))
                .filter(Objects::nonNull);
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null; // "max" says that there is no limit
        }
    }

    private static List<String> lines(Path file) {
        if (!Files.isReadable(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot read " + file, e);
            return List.of();
        }
    }
}
