/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.ReportJson;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports as JSON files in {@code history/<gauge>} below the dump directory, each under its time, written under another name
 * and renamed when whole. A lock says whose they are: a second process of the same name keeps its history in memory. What
 * goes wrong is logged, and the history is the shorter for it.
 */
final class ReportFiles implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReportFiles.class.getName());
    private static final String DIRECTORY = "history";
    private static final String LOCK = ".lock";
    private static final String BASELINE = "baseline.json";
    private static final String PARTIAL = ".part";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z-(full|quick)-[0-9a-f]{16}\\.json");
    private static final long MOST_BYTES = 64 << 20;

    /** System property that claims a directory for a gauge of this VM, as in {@link ProcessDirectory}. */
    private static final String CLAIM = "io.heapgauge.history.";

    private final Path base;
    private final Path directory;
    private final String claim;
    private @Nullable FileChannel lock;

    /**
     * Names the place, touching nothing.
     *
     * @param base the dump directory
     * @param gaugeName whose reports they are
     */
    ReportFiles(Path base, String gaugeName) {
        this.base = base;
        directory = base.resolve(DIRECTORY).resolve(gaugeName);
        claim = CLAIM + directory;
    }

    /**
     * Takes the directory and reads it.
     *
     * @param most most reports of a mode
     * @return the reports, the oldest first; none where the directory cannot be had
     */
    List<HeapReport> open(int most) {
        try {
            if (!take()) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "another gauge keeps its history in {0}; this one keeps it in memory: give each a name of its own",
                        directory);
                return List.of();
            }
            deletePartial();
            List<HeapReport> reports = new ArrayList<>();
            for (CaptureMode mode : CaptureMode.values()) {
                for (Path file : trimmed(mode, most)) {
                    HeapReport report = read(file);
                    if (report != null) {
                        reports.add(report);
                    }
                }
            }
            return reports;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "no history of reports: " + e.getMessage(), e);
            return List.of();
        }
    }

    private synchronized boolean take() throws IOException {
        OwnerOnly.ensureDirectory(base);
        OwnerOnly.ensureDirectory(base.resolve(DIRECTORY));
        OwnerOnly.ensureDirectory(directory);
        if (System.getProperties().putIfAbsent(claim, "") != null) {
            return false;
        }
        Path file = directory.resolve(LOCK);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    OwnerOnly.fileAttributes(file));
            boolean held = channel.tryLock() != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            lock = held ? channel : null;
        } catch (OverlappingFileLockException e) {
            LOG.log(System.Logger.Level.DEBUG, "held in this VM", e);
        } finally {
            if (lock == null) {
                System.clearProperty(claim);
                if (channel != null) {
                    channel.close();
                }
            }
        }
        return lock != null;
    }

    private void deletePartial() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + PARTIAL)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Files of a mode by time, after what is too many or too much has been deleted. */
    private List<Path> trimmed(CaptureMode mode, int most) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*-" + mode.id() + "-*.json")) {
            for (Path file : files) {
                if (NAME.matcher(String.valueOf(file.getFileName())).matches()
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    all.add(file);
                }
            }
        }
        all.sort(null);
        while (all.size() > most) {
            Files.deleteIfExists(all.remove(Thinning.surplus(all, ReportFiles::time)));
        }
        long bytes = 0;
        int stay = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            bytes += Files.size(all.get(i));
            if (bytes > MOST_BYTES) {
                break;
            }
            stay++;
        }
        for (Path old : all.subList(0, all.size() - stay)) {
            Files.deleteIfExists(old);
        }
        return all.subList(all.size() - stay, all.size());
    }

    private static Instant time(Path file) {
        String name = String.valueOf(file.getFileName());
        return TIME.parse(name.substring(0, name.indexOf('-')), Instant::from);
    }

    private @Nullable HeapReport read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
            return ReportJson.read(in);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "left out of the history: " + file + ": " + e.getMessage());
            return null;
        }
    }

    /** The report that growth is compared with, or null. */
    @Nullable
    HeapReport baseline() {
        Path file = directory.resolve(BASELINE);
        return lock != null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? read(file) : null;
    }

    synchronized void add(HeapReport report, int most) {
        if (lock == null) {
            return;
        }
        CaptureMode mode = CaptureMode.of(report.capture());
        Instant at = report.capture().startedAt();
        try {
            write(report, TIME.format(at) + "-" + mode.id() + "-" + RandomNames.next() + ".json");
            trimmed(mode, most);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a report is missing from the history in " + directory, e);
        }
    }

    synchronized void markBaseline(HeapReport report) {
        if (lock == null) {
            return;
        }
        try {
            write(report, BASELINE);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the baseline in " + directory + " does not outlive this process", e);
        }
    }

    private void write(HeapReport report, String name) throws IOException {
        Path partial = directory.resolve(name + PARTIAL);
        Files.deleteIfExists(partial);
        try (FileChannel channel = FileChannel.open(
                        partial,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        OwnerOnly.fileAttributes(partial));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            ReportJson.write(report, out);
        } catch (IOException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
        Files.move(partial, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized void close() {
        FileChannel held = lock;
        if (held == null) {
            return;
        }
        lock = null;
        try (held) {
            Files.deleteIfExists(directory.resolve(LOCK));
            Files.deleteIfExists(directory);
            Files.deleteIfExists(base.resolve(DIRECTORY));
        } catch (DirectoryNotEmptyException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} stays: it holds reports", directory);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lock of " + directory + " goes with the process", e);
        } finally {
            System.clearProperty(claim);
        }
    }
}
