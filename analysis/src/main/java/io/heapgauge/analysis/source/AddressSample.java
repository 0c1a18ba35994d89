/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Some objects of a dump with their addresses, sorted, so that neighbours can be compared. Takes the first objects of the
 * file. Where these do not come in address order, as with ZGC and in parallel dumps, it reads on and keeps what lies in those
 * few windows of the address space where the first objects were densest. Bounded in memory and in what it reads.
 */
final class AddressSample implements HprofVisitor {
    /** Type code of a class object, of which only the address counts. */
    static final int MIRROR = 1;

    /** Enough where the objects come in address order. */
    private static final int FIRST_IN_ORDER = 4_000;

    private static final int FIRST = 8_000;
    private static final int MOST = 80_000;
    private static final long MOST_READ = 4_000_000;
    private static final int WINDOWS = 64;
    private static final int WINDOW_SHIFT = 18;

    /** Ends the scan once there are enough. */
    private static final class EnoughException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EnoughException() {
            super(null, null, false, false);
        }
    }

    private final Monitor monitor;
    private final ClassTable classes;
    private final LongHashSet windows = new LongHashSet();
    /** Sampled object → its id. */
    private long[] ids = new long[FIRST];
    /** Sampled object → id of its class, 0 for a primitive array. */
    private long[] classIds = new long[FIRST];
    /** Sampled object → number of elements. */
    private int[] lengths = new int[FIRST];
    /** Sampled object → type code of its elements, 0 for an instance, {@link #MIRROR} for a class object. */
    private byte[] kinds = new byte[FIRST];

    private int used;
    private long read;
    private int descending;
    private long previousId;
    private long largestId;
    private boolean shuffled;
    private boolean brief;

    private AddressSample(ClassTable classes, Monitor monitor) {
        this.classes = classes;
        this.monitor = monitor;
    }

    /** @param classes gets the class records that it reads */
    static AddressSample of(Path file, long heap, ClassTable classes, Monitor monitor) throws IOException {
        AddressSample sample = new AddressSample(classes, monitor);
        try {
            HprofScanner.scan(file, heap, sample);
        } catch (EnoughException enough) {
            // the rest of the file does not matter here
        }
        return sample;
    }

    ClassTable classes() {
        return classes;
    }

    /** Whether the objects of the file do not come in the order of their addresses. */
    boolean shuffled() {
        return shuffled || descending * 100L > read;
    }

    /** Whether the class records have the sizes of instances, see {@link HprofHeader}. */
    boolean brief() {
        return brief;
    }

    long largestId() {
        return largestId;
    }

    long id(int object) {
        return ids[object];
    }

    long classId(int object) {
        return classIds[object];
    }

    int kind(int object) {
        return kinds[object];
    }

    int length(int object) {
        return lengths[object];
    }

    /** The sampled objects by ascending address. */
    int[] sorted() {
        boolean inOrder = true;
        int[] all = new int[used];
        for (int i = 0; i < used; i++) {
            all[i] = i;
            inOrder &= i == 0 || ids[i - 1] <= ids[i];
        }
        return inOrder ? all : sorted(all);
    }

    private int[] sorted(int[] all) {
        return Arrays.stream(all)
                .boxed()
                .sorted(Comparator.comparingLong(object -> ids[object]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public void header(HprofHeader start) {
        brief = start.brief();
    }

    @Override
    public void progress(long offset, long fileBytes) {
        monitor.at((double) read / MOST_READ);
    }

    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        classes.utf8(id, window, at, length);
    }

    @Override
    public void loadClass(int serial, long classId, int stackSerial, long nameId) {
        classes.loadClass(serial, classId, stackSerial, nameId);
    }

    @Override
    public void classDump(ClassDump dump) {
        classes.classDump(dump);
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
        object(id, 0, classId, 0);
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        object(id, HprofType.OBJECT, classId, length);
        return false;
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        object(id, type, 0, length);
        return false;
    }

    private void object(long id, int kind, long classId, int length) {
        read++;
        if (read <= FIRST) {
            descending += id < previousId ? 1 : 0;
            previousId = id;
            largestId = Math.max(largestId, id);
            keep(id, kind, classId, length);
            if (read == FIRST_IN_ORDER && !shuffled()) {
                throw new EnoughException();
            } else if (read == FIRST) {
                chooseWindows();
            }
        } else {
            if (windows.contains(id >>> WINDOW_SHIFT)) {
                keep(id, kind, classId, length);
            }
            if (read == MOST_READ) {
                throw new EnoughException();
            }
        }
    }

    private void keep(long id, int kind, long classId, int length) {
        ids[used] = id;
        kinds[used] = (byte) kind;
        classIds[used] = classId;
        lengths[used] = length;
        if (++used == MOST) {
            throw new EnoughException();
        }
    }

    private void chooseWindows() {
        shuffled = shuffled();
        if (!shuffled) {
            throw new EnoughException();
        }
        ids = Arrays.copyOf(ids, MOST);
        classIds = Arrays.copyOf(classIds, MOST);
        lengths = Arrays.copyOf(lengths, MOST);
        kinds = Arrays.copyOf(kinds, MOST);
        Long2LongHashMap population = new Long2LongHashMap(0);
        for (int i = 0; i < used; i++) {
            long window = ids[i] >>> WINDOW_SHIFT;
            population.put(window, population.get(window) + 1);
        }
        population.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue()))
                .limit(WINDOWS)
                .forEach(entry -> windows.add(entry.getKey().longValue()));
        for (ClassDump dump : classes.dumps()) {
            if (windows.contains(dump.id() >>> WINDOW_SHIFT) && used < MOST / 2) {
                keep(dump.id(), MIRROR, 0, 0);
            }
        }
    }
}
