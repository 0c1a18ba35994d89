/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.Ids;
import java.nio.ByteBuffer;
import org.agrona.collections.LongHashSet;

/**
 * The arrays that the entries of a gauge's registry have their names in: without them a registered root could not be found
 * again.
 */
final class RegistryNames {
    /** The class of entries, in the form of the VM. */
    static final String ENTRY = "io/heapgauge/RootRegistry$Entry";
    /** Their field for the name. */
    static final String NAME = "name";

    private final KnownClasses classes;
    private final LongHashSet entryClasses = new LongHashSet();
    private final LongHashSet arrays = new LongHashSet();
    private boolean missed;
    private Ids ids = Ids.of(8);

    RegistryNames(KnownClasses classes) {
        this.classes = classes;
    }

    void ids(Ids form) {
        ids = form;
    }

    void loaded(long classId) {
        if (classes.isNamed(classId, ENTRY)) {
            entryClasses.add(classId);
        }
    }

    void instance(long classId, ByteBuffer window, int at, int length) {
        if (entryClasses.isEmpty() || !entryClasses.contains(classId)) {
            return;
        }
        int offset = classes.referenceOffset(classId, NAME);
        if (offset >= 0 && offset + ids.bytes() <= length) {
            arrays.add(ids.read(window, at + offset));
        } else {
            missed = true;
        }
    }

    /**
     * To be called when all classes are known.
     *
     * @return whether the dump has to be read again, because entries came before what tells of their class
     */
    boolean hasMissedAny() {
        LongHashSet all = classes.named(ENTRY);
        boolean readAgain = missed || !all.equals(entryClasses);
        entryClasses.addAll(all);
        return readAgain;
    }

    boolean has(long arrayId) {
        return !arrays.isEmpty() && arrays.contains(arrayId);
    }
}
