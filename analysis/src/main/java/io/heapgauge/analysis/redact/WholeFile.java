/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A file that appears under its name when it is whole, or not at all; for its owner alone. */
final class WholeFile implements Closeable {
    private final Path target;
    private final Path partial;
    private final FileChannel channel;

    private WholeFile(Path target, Path partial, FileChannel channel) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
    }

    static WholeFile create(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it exists already; name another file");
        }
        Path partial = target.resolveSibling(
                target.getFileName() + "." + HexFormat.of().toHexDigits(new SecureRandom().nextInt()) + ".part");
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        FileChannel channel =
                FileChannel.open(partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
        return new WholeFile(target, partial, channel);
    }

    FileChannel channel() {
        return channel;
    }

    /** Gives it its name. */
    void complete() throws IOException {
        channel.close();
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what is not whole. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(partial);
    }
}
