/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dumps that outlive their gauge, in the sub-directory {@code kept}: redacted unless the user wants them whole, and only
 * so many, so big and so old as {@link Retention} allows, post-mortem dumps that could not be read included. Files of other
 * names are never touched.
 */
final class KeptDumps {
    private static final System.Logger LOG = System.getLogger(KeptDumps.class.getName());
    private static final String DIRECTORY = "kept";
    private static final Pattern OURS = Pattern.compile("([A-Za-z0-9_-]{1,64}-)?[0-9a-f]{16}\\.hprof");

    private final Path base;
    private final Path directory;
    private final Settings.Storage storage;
    private final Redactor redactor;

    private record Kept(Path file, long bytes, Instant at) {}

    KeptDumps(Path base, Settings.Storage storage, Redactor redactor) {
        this.base = base;
        directory = base.resolve(DIRECTORY);
        this.storage = storage;
        this.redactor = redactor;
    }

    /** Where they lie, whether it exists or not. */
    Path directory() {
        return directory;
    }

    /**
     * Moves a dump to where it survives the gauge, redacted if so configured.
     *
     * @param dump the dump; gone afterwards, or left to be discarded by the caller
     * @param label start of its new name, or null
     * @param whole whether it has contents to be taken out
     * @param cancel stops the redaction
     * @return its file name
     * @throws IOException if it cannot be kept; then nothing of it is
     */
    String keep(Path dump, @Nullable String label, boolean whole, CancelSignal cancel) throws IOException {
        OwnerOnly.ensureDirectory(base);
        OwnerOnly.ensureDirectory(directory);
        trim();
        Path stays = dump;
        if (whole && storage.redactKept()) {
            stays = dump.resolveSibling(dump.getFileName() + ".redacted");
            requireRoomFor(dump);
            try {
                redactor.redact(dump, stays, cancel);
            } catch (IOException e) {
                throw new IOException("not kept, because it could not be redacted: " + e.getMessage(), e);
            }
        }
        OwnerOnly.restrictFile(stays);
        Files.setLastModifiedTime(stays, FileTime.from(Instant.now())); // that of a dead VM may be old already
        String name = DumpDirectory.fileName(label);
        Files.move(stays, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        trim();
        return name;
    }

    private void requireRoomFor(Path dump) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        long needed = Files.size(dump);
        if (free - storage.freeSpaceFloorBytes() < needed) {
            throw new IOException("not kept: its redacted copy takes " + Texts.mebibytes(needed) + ", and " + directory
                    + " has " + Texts.mebibytes(free) + " free, of which "
                    + Texts.mebibytes(storage.freeSpaceFloorBytes())
                    + " stay free (HeapGaugeBuilder.freeSpaceFloor)");
        }
    }

    /** Deletes what is too old, and the oldest of what is too many or too much; the newest always stays. */
    void trim() {
        try {
            List<Kept> newestFirst = list();
            Retention retention = storage.retention();
            Instant oldest = Instant.now().minus(retention.age());
            long bytes = 0;
            for (int i = 0; i < newestFirst.size(); i++) {
                Kept kept = newestFirst.get(i);
                bytes += kept.bytes();
                boolean tooMany = i >= retention.count() || i > 0 && bytes > retention.bytes();
                if (tooMany || kept.at().isBefore(oldest)) {
                    Files.deleteIfExists(kept.file());
                    LOG.log(System.Logger.Level.INFO, "deleted the kept dump {0}: {1}", kept.file(), retention);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot look after the kept dumps in " + directory, e);
        }
    }

    private List<Kept> list() throws IOException {
        List<Kept> all = new ArrayList<>();
        list(directory, OURS, all);
        list(base, PostMortems.GIVEN_UP, all);
        all.sort(Comparator.comparing(Kept::at).reversed().thenComparing(Kept::file));
        return all;
    }

    private static void list(Path where, Pattern name, List<Kept> all) throws IOException {
        if (!Files.isDirectory(where, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(where)) {
            for (Path file : files) {
                Kept kept = name.matcher(String.valueOf(file.getFileName())).matches() ? look(file) : null;
                if (kept != null) {
                    all.add(kept);
                }
            }
        }
    }

    private static @Nullable Kept look(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? new Kept(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant())
                    : null;
        } catch (NoSuchFileException e) {
            return null; // another process of this service was faster
        }
    }
}
