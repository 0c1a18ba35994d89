/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Directories and files that only the user of this process may enter or read. On a file system without POSIX permissions
 * the directory inherits what its parent grants; only links are refused there.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> DIRECTORY_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");

    private static volatile @Nullable UserPrincipal self;

    private OwnerOnly() {}

    /**
     * Makes sure of a directory: creates it where it is missing, else checks that nobody else can have prepared it or can
     * look into it.
     *
     * @throws Refusal if it is a link, no directory, somebody else's, or open to others; says what to do
     * @throws IOException if it cannot be created or looked at
     */
    static void ensureDirectory(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent, attributes(directory, DIRECTORY_MODE));
        }
        try {
            Files.createDirectory(directory, attributes(directory, DIRECTORY_MODE));
        } catch (FileAlreadyExistsException e) {
            check(directory);
        }
    }

    static void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, attributes(directory, DIRECTORY_MODE));
    }

    /** What to create a file with. */
    static FileAttribute<?>[] fileAttributes(Path file) {
        return attributes(file, FILE_MODE);
    }

    /** Takes a file from everybody but its owner. */
    static void restrictFile(Path file) throws IOException {
        PosixFileAttributeView view = posix(file);
        if (view != null) {
            view.setPermissions(FILE_MODE);
        }
    }

    /** Whether a file is this user's, links not followed; true where the file system knows no owners. */
    static boolean isOurs(Path file) throws IOException {
        PosixFileAttributeView view = posix(file);
        return view == null || view.readAttributes().owner().equals(self());
    }

    private static void check(Path directory) throws IOException {
        BasicFileAttributes basic =
                Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (basic.isSymbolicLink()) {
            throw unusable(directory, "is a symbolic link");
        }
        if (!basic.isDirectory()) {
            throw unusable(directory, "is not a directory");
        }
        PosixFileAttributeView view = posix(directory);
        if (view == null) {
            return;
        }
        PosixFileAttributes attributes = view.readAttributes();
        UserPrincipal us = self();
        if (!attributes.owner().equals(us)) {
            throw unusable(
                    directory,
                    "belongs to " + attributes.owner().getName() + " and this process runs as " + us.getName());
        }
        if (!DIRECTORY_MODE.containsAll(attributes.permissions())) {
            throw unusable(
                    directory,
                    "is open to others (" + PosixFilePermissions.toString(attributes.permissions())
                            + "); chmod 700 closes it if it is heapgauge's alone");
        }
    }

    private static Refusal unusable(Path directory, String why) {
        return new Refusal("refused: the dump directory " + directory + " " + why
                + "; set HeapGaugeBuilder.directory to one that does not exist yet: it is created for this user alone");
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }

    private static @Nullable PosixFileAttributeView posix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Who we are, as the file system says: the user's name has no entry in many a container. */
    private static UserPrincipal self() throws IOException {
        UserPrincipal known = self;
        if (known == null) {
            known = ownerOfNewFile();
            self = known;
        }
        return known;
    }

    private static UserPrincipal ownerOfNewFile() throws IOException {
        Path probe;
        try {
            probe = Files.createTempFile("heapgauge-", ".probe");
        } catch (IOException e) {
            return ownerOfThisProcess(e); // a hardened container has no place for temporary files
        }
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(probe);
        }
    }

    /** On Linux alone; the administrator where the process may not be looked at, who then is refused and not let in. */
    private static UserPrincipal ownerOfThisProcess(IOException problem) throws IOException {
        try {
            return Files.getOwner(Path.of("/proc/self"));
        } catch (IOException e) {
            problem.addSuppressed(e);
            throw problem;
        }
    }
}
