/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One gauge's own directory below the dump directory, {@code <pid>-<random>}. A lock on a file in it says that its
 * process lives; the operating system takes the lock away however the process ends, and then any gauge may sweep the
 * directory. Process ids alone would not do: in containers every process is number 1.
 */
final class ProcessDirectory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ProcessDirectory.class.getName());
    private static final Pattern NAME = Pattern.compile("\\d{1,19}-[0-9a-f]{16}");
    private static final String LOCK = ".lock";
    private static final int ATTEMPTS = 10;

    /**
     * System property that claims a directory for this VM. POSIX locks belong to the process and go when it closes any
     * descriptor of the file, so a sweep must not even open the locks of gauges in the same VM, whatever class loader
     * they come from.
     */
    private static final String CLAIM = "io.heapgauge.directory.";

    private final Path path;
    private final FileChannel channel;
    /** The way to it without links, and what the file system knows it by: another of that name is not ours. */
    private final Path realPath;

    private final @Nullable Object fileKey;

    private ProcessDirectory(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        realPath = path.toRealPath();
        fileKey = fileKey(path);
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Creates and locks a directory; tries again when a sweep took it in the moment between the two. */
    static ProcessDirectory create(Path base) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ProcessDirectory made = tryCreate(base);
            if (made != null) {
                return made;
            }
        }
        throw new IOException(
                "cannot hold a directory in " + base + ": other processes removed it " + ATTEMPTS + " times");
    }

    private static @Nullable ProcessDirectory tryCreate(Path base) throws IOException {
        String name = ProcessHandle.current().pid() + "-" + RandomNames.next();
        System.setProperty(CLAIM + name, "");
        ProcessDirectory made = null;
        try {
            OwnerOnly.ensureDirectory(base);
            Path directory = base.resolve(name);
            OwnerOnly.createDirectory(directory);
            made = lock(directory);
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "the directory was swept before it was locked", e);
        } finally {
            if (made == null) {
                System.clearProperty(CLAIM + name);
            }
        }
        return made;
    }

    private static @Nullable ProcessDirectory lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK);
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.fileAttributes(file));
        ProcessDirectory held = null;
        try {
            if (channel.tryLock() != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                held = new ProcessDirectory(directory, channel);
            }
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        return held;
    }

    Path path() {
        return path;
    }

    /** Whether it is still there: cleaners of temporary directories take what is old. */
    boolean isIntact() throws IOException {
        return channel.isOpen() && Files.isRegularFile(path.resolve(LOCK), LinkOption.NOFOLLOW_LINKS) && isTheSame();
    }

    /** Whether the name still leads to the directory that was made, and no link or other directory is in between. */
    boolean isTheSame() throws IOException {
        try {
            return path.toRealPath().equals(realPath) && Objects.equals(fileKey(path), fileKey);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Makes sure that a dump is what was written here: a regular file, in the directory that was made.
     *
     * @throws IOException if somebody put something else in its place
     */
    void check(Path file) throws IOException {
        if (!isTheSame()) {
            throw new IOException(
                    "the directory " + path + " was replaced while it was written to; nothing in it is used");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !OwnerOnly.isOurs(file)) {
            throw new IOException(file + " is no file of ours; it is not used");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (isTheSame()) {
                PostMortems.giveBack(path.toAbsolutePath().getParent(), path);
                deleteTree(path);
            } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                LOG.log(System.Logger.Level.WARNING, "{0} was replaced by somebody; left alone", path);
            }
        } finally {
            channel.close();
            System.clearProperty(CLAIM + path.getFileName());
        }
    }

    /** Deletes what processes left behind that ended without closing their gauge. */
    static void sweep(Path base) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(base)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (NAME.matcher(name).matches()
                        && System.getProperty(CLAIM + name) == null
                        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    sweepIfDead(entry);
                }
            }
        }
    }

    private static void sweepIfDead(Path directory) {
        Path file = directory.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                PostMortems.rescue(directory.toAbsolutePath().getParent(), directory);
                deleteTree(directory);
                LOG.log(System.Logger.Level.INFO, "deleted {0}, left behind by a process that ended", directory);
            }
        } catch (NoSuchFileException e) {
            sweepIfEmpty(directory);
        } catch (OverlappingFileLockException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is in use by this process", directory);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot delete " + directory + ", left behind by a process that ended",
                    e);
        }
    }

    /** Without a lock it is either empty, half deleted or half made, or not ours to judge. */
    private static void sweepIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} holds files and no lock; left alone", directory);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete " + directory, e);
        }
    }

    /** The lock file goes last, so that a deletion that was cut short is taken up again by the next sweep. */
    private static void deleteTree(Path directory) throws IOException {
        Path lock = directory.resolve(LOCK);
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(lock)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                if (!visited.equals(directory)) {
                    Files.deleteIfExists(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Files.deleteIfExists(lock);
        Files.deleteIfExists(directory);
    }
}
