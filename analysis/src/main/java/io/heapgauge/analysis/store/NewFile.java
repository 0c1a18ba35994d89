/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/**
 * A file that has its name only when it is whole. Until then it is beside it under a name that nobody can guess; where there are
 * POSIX permissions only its owner may read it. Closed before that, it is deleted.
 */
public final class NewFile implements WritableByteChannel, Closeable {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private long written;
    private boolean published;

    private NewFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /**
     * Starts a file.
     *
     * @param target its name once it is whole; must not exist
     * @return an empty file
     * @throws FileAlreadyExistsException if there is a file of that name
     * @throws IOException if it cannot be created
     */
    public static NewFile create(Path target) throws IOException {
        refuseExisting(target);
        Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new NewFile(
                    target, part, FileChannel.open(part, options, OwnerOnly.attributes(part.getFileSystem())));
        } catch (NoSuchFileException e) {
            throw new FileSystemException(target.toString(), null, "the directory for it does not exist");
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(target.toString());
        }
    }

    private static void refuseExisting(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(target);
        }
    }

    private static IOException exists(Path target) {
        return new FileAlreadyExistsException(
                target.toString(), null, "the file exists already; delete it or name another one");
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            int now = channel.write(bytes);
            written += now;
            return now;
        } catch (IOException e) {
            throw new IOException(
                    target + ": cannot be written (" + e.getMessage() + ") after " + written
                            + " bytes: free space there, or name a file on another disk",
                    e);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Ends it and gives it its name.
     *
     * @return its size in bytes
     * @throws FileAlreadyExistsException if somebody else has taken the name since
     * @throws IOException if it cannot be given its name
     */
    public long publish() throws IOException {
        channel.close();
        if (link()) {
            published = true;
            Files.delete(part);
        } else {
            move();
            published = true;
        }
        return written;
    }

    /** Unlike a move, a link never takes the place of another file; not every file system has links. */
    private boolean link() throws IOException {
        try {
            Files.createLink(target, part);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw exists(target);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void move() throws IOException {
        refuseExisting(target);
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (!published) {
                Files.deleteIfExists(part);
            }
        }
    }
}
