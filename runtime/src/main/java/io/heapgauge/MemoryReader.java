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

    /** Index among the fields of {@code /proc/self/stat} that follow the command. */
    private static final int MINOR_FAULTS = 7;

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
                usedByGroup(),
                limitOfGroup(),
                minorFaults());
    }

    /** The eighth field behind the command, which stands in brackets and may hold anything. */
    private @Nullable Long minorFaults() {
        String stat = String.join(" ", lines(root.resolve("proc/self/stat")));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length <= MINOR_FAULTS ? null : number(fields[MINOR_FAULTS]);
    }

    /**
     * Bytes that this process may still take, by the machine's memory and the limit of its control group, page cache that
     * goes when memory is asked for included; {@link Long#MAX_VALUE} where the system tells nothing.
     */
    long availableBytes() {
        Long machine = kibibytes(lines(root.resolve("proc/meminfo")), "MemAvailable:");
        return Math.min(leftInGroups(), Objects.requireNonNullElse(machine, Long.MAX_VALUE));
    }

    /** By the group that leaves least: each has a limit, a use and page cache of its own. */
    private long leftInGroups() {
        long least = Long.MAX_VALUE;
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            long left = Long.MAX_VALUE;
            if (parts.length == 3 && parts[1].isEmpty()) {
                left = left(groups(version2(), parts[2]), "memory.max", "memory.current");
            } else if (parts.length == 3 && isOfMemory(parts[1])) {
                left = left(groups(version1(), parts[2]), "memory.limit_in_bytes", "memory.usage_in_bytes");
            }
            least = Math.min(least, left);
        }
        return least;
    }

    private static long left(Stream<Path> groups, String limitFile, String usedFile) {
        return groups.mapToLong(group -> {
                    Long limit = first(Stream.of(group.resolve(limitFile)));
                    Long used = first(Stream.of(group.resolve(usedFile)));
                    return limit == null || used == null || limit >= NO_LIMIT
                            ? Long.MAX_VALUE
                            : limit - used + reclaimable(group.resolve("memory.stat"));
                })
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Path version2() {
        return root.resolve("sys/fs/cgroup");
    }

    private Path version1() {
        return root.resolve("sys/fs/cgroup/memory");
    }

    private static boolean isOfMemory(String controllers) {
        return List.of(controllers.split(",")).contains("memory");
    }

    private @Nullable Long usedByGroup() {
        return group("memory.current", "memory.usage_in_bytes", MemoryReader::first);
    }

    private @Nullable Long limitOfGroup() {
        return group("memory.max", "memory.limit_in_bytes", MemoryReader::least);
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
    private @Nullable Long group(String version2, String version1, Function<Stream<Path>, @Nullable Long> choice) {
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                Long value = choice.apply(files(version2(), parts[2], version2));
                if (value != null) {
                    return value;
                }
            } else if (parts.length == 3 && isOfMemory(parts[1])) {
                return choice.apply(files(version1(), parts[2], version1));
            }
        }
        return null;
    }

    private static @Nullable Long first(Stream<Path> files) {
        return values(files).findFirst().orElse(null);
    }

    private static @Nullable Long least(Stream<Path> files) {
        return values(files)
                .filter(value -> value < NO_LIMIT)
                .min(Long::compare)
                .orElse(null);
    }

    private static Stream<Path> files(Path mount, String group, String file) {
        return groups(mount, group).map(path -> path.resolve(file));
    }

    /** From the innermost group to the outermost. */
    private static Stream<Path> groups(Path mount, String group) {
        Path innermost;
        try {
            innermost = mount.resolve(group.substring(1)).normalize();
        } catch (InvalidPathException e) {
            return Stream.of();
        }
        return Stream.iterate(innermost, path -> path != null && path.startsWith(mount), Path::getParent);
    }

    /** Page cache not used lately; version 1 tells it without the groups within and with them. */
    private static long reclaimable(Path stat) {
        List<String> facts = lines(stat);
        return Stream.of("total_inactive_file ", "inactive_file ")
                .flatMap(key ->
                        facts.stream().filter(fact -> fact.startsWith(key)).limit(1))
                .map(fact -> number(fact.substring(fact.indexOf(' ') + 1).strip()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0L);
    }

    private static Stream<Long> values(Stream<Path> files) {
        return files.flatMap(path -> lines(path).stream().limit(1))
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
