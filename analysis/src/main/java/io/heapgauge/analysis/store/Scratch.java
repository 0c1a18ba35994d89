/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Memory off the Java heap for one analysis: pieces of one scratch file, mapped, or direct buffers. The file's blocks are
 * written before they are mapped, because a full disk under a sparse mapping would surface as an InternalError in the
 * middle of a loop. Mapped memory is page cache that the system can write back, and does not count against the host's
 * {@code -XX:MaxDirectMemorySize}. Several threads may make arrays at once.
 *
 * <p>After {@link #close()} no array made from it may be touched: the file is cut to nothing to give its blocks back at
 * once, though Java unmaps it only when the buffers are collected.
 */
public final class Scratch implements AutoCloseable {
    /** Arrays are made of pages of this size, save the last one; a released page serves again. */
    static final int PAGE_BYTES = 1 << 22;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 17);

    private final @Nullable Path file;
    private final @Nullable FileChannel channel;
    private final boolean onHeap;
    private final boolean writesAreSeen;
    private final long budgetBytes;
    private long usedBytes;
    private long peakBytes;
    private long fileBytes;
    /** Memory in the file → where it starts there. */
    private final Map<ByteBuffer, Long> starts = new IdentityHashMap<>();
    /** Capacity → released memory of it, which serves again. */
    private final Int2ObjectHashMap<Deque<ByteBuffer>> free = new Int2ObjectHashMap<>();

    private Runnable whenGrowing = () -> {};

    private Scratch(@Nullable Path file, @Nullable FileChannel channel, boolean onHeap, long budgetBytes) {
        this.file = file;
        this.channel = channel;
        this.onHeap = onHeap;
        writesAreSeen = file != null && OwnerOnly.isPossible(file.getFileSystem());
        this.budgetBytes = budgetBytes;
    }

    /**
     * Scratch in a mapped file with mode 0600 that has no name any more once it is open, so that it is gone however the
     * process ends. Where the file system is not POSIX, the file keeps its name until it is closed.
     *
     * @param directory an existing directory
     * @param budgetBytes most bytes that may be in use
     * @return empty scratch
     * @throws IOException if the file cannot be created
     */
    public static Scratch mapped(Path directory, long budgetBytes) throws IOException {
        Path file = Files.createTempFile(
                directory, "heapgauge-", ".scratch", OwnerOnly.attributes(directory.getFileSystem()));
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        if (OwnerOnly.isPossible(directory.getFileSystem())) {
            Files.delete(file);
        }
        return new Scratch(file, channel, false, budgetBytes);
    }

    /**
     * Scratch in direct memory, given back when its buffers are collected. Where the VM's own limit on direct memory is met
     * first, that is the budget.
     *
     * @param budgetBytes most bytes that may be in use
     * @return empty scratch
     */
    public static Scratch direct(long budgetBytes) {
        return new Scratch(null, null, false, budgetBytes);
    }

    /**
     * Scratch on the Java heap after all, for comparison and for small graphs: it grows with the dump, and running out of it
     * is an OutOfMemoryError of the whole JVM.
     *
     * @param budgetBytes most bytes that may be in use
     * @return empty scratch
     */
    public static Scratch onHeap(long budgetBytes) {
        return new Scratch(null, null, true, budgetBytes);
    }

    /**
     * Has something done with every page and every part of a file's page, so that filling memory can keep neither a wish to
     * stop nor a thread of the application waiting.
     *
     * @param poll called before each part of memory is made; what it throws passes through
     * @return this
     */
    public Scratch whenGrowing(Runnable poll) {
        whenGrowing = poll;
        return this;
    }

    /**
     * Checks that a plan fits before any of it is carried out.
     *
     * @param bytes what is about to be allocated in several pieces
     * @throws ScratchBudgetException if it does not fit
     */
    public void check(long bytes) {
        long needed = usedBytes + bytes;
        if (needed > budgetBytes || needed < 0) {
            throw new ScratchBudgetException(needed, budgetBytes);
        }
    }

    /**
     * Allocates zeroed memory in native byte order.
     *
     * @param bytes how much, at most 1 GiB
     * @return a buffer of exactly that capacity
     * @throws ScratchBudgetException if it does not fit the budget
     * @throws UncheckedIOException if the disk is full or the file fails
     */
    synchronized ByteBuffer allocate(int bytes) {
        whenGrowing.run();
        check(bytes);
        Deque<ByteBuffer> released = free.get(bytes);
        ByteBuffer buffer = released == null || released.isEmpty() ? fresh(bytes) : zeroed(released.pop());
        usedBytes += bytes;
        peakBytes = Math.max(peakBytes, usedBytes);
        return buffer;
    }

    private ByteBuffer fresh(int bytes) {
        ByteBuffer buffer = channel != null ? map(channel, bytes) : unmapped(bytes);
        return buffer.order(ByteOrder.nativeOrder());
    }

    private ByteBuffer unmapped(int bytes) {
        if (onHeap) {
            return ByteBuffer.allocate(bytes);
        }
        try {
            return ByteBuffer.allocateDirect(bytes);
        } catch (OutOfMemoryError e) {
            // the VM's limit on direct memory is met, not the end of its heap: as if the budget were smaller
            throw new ScratchBudgetException(usedBytes + bytes, usedBytes);
        }
    }

    private static ByteBuffer zeroed(ByteBuffer page) {
        for (int at = 0; at < page.capacity(); at += ZEROS.capacity()) {
            page.put(at, ZEROS, 0, Math.min(ZEROS.capacity(), page.capacity() - at));
        }
        return page;
    }

    /**
     * Copies into memory by a write to its file, where that is seen in the memory: on all systems but some that are not POSIX.
     *
     * @param memory from {@link #allocate}
     * @param at index of the first byte in it
     * @param from is read to its limit
     * @throws UncheckedIOException if the file fails
     */
    synchronized void write(ByteBuffer memory, int at, ByteBuffer from) {
        whenGrowing.run();
        if (channel == null || !writesAreSeen) {
            memory.put(at, from, from.position(), from.remaining());
            return;
        }
        try {
            for (long to = starts.get(memory) + at; from.hasRemaining(); ) {
                to += channel.write(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("scratch file " + file + " cannot be written", e);
        }
    }

    /** Takes back memory from an array that is dropped before the scratch is closed. */
    synchronized void release(ByteBuffer memory) {
        usedBytes -= memory.capacity();
        // pieces of a file can only serve again; memory that nobody holds is given back by the collector
        if (channel != null || memory.capacity() == PAGE_BYTES) {
            free.computeIfAbsent(memory.capacity(), bytes -> new ArrayDeque<>()).push(memory);
        }
    }

    private ByteBuffer map(FileChannel open, int bytes) {
        try {
            long start = fileBytes;
            for (long at = start; at < start + bytes; ) {
                whenGrowing.run();
                ByteBuffer zeros = ZEROS.duplicate();
                zeros.limit((int) Math.min(zeros.capacity(), start + bytes - at));
                at += open.write(zeros, at);
            }
            fileBytes += bytes;
            ByteBuffer memory = open.map(FileChannel.MapMode.READ_WRITE, start, bytes);
            starts.put(memory, start);
            return memory;
        } catch (IOException e) {
            throw new UncheckedIOException("scratch file " + file + " cannot grow by " + bytes + " bytes", e);
        }
    }

    /**
     * The most that was ever in use.
     *
     * @return bytes
     */
    public long peakBytes() {
        return peakBytes;
    }

    /** Length of the file, in use or released; 0 without one. */
    long fileBytes() {
        return fileBytes;
    }

    /** Gives everything back and deletes the file. */
    @Override
    public void close() throws IOException {
        free.clear();
        starts.clear();
        if (channel == null || file == null) {
            return;
        }
        try (channel) {
            channel.truncate(0);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
