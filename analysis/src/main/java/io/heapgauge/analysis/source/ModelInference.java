/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.layout.InstanceLayout;
import io.heapgauge.analysis.layout.VmModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds out how the dumped VM lays objects out. Ids are addresses, so the distance to the next object is an object's size:
 * the model that explains most distances among the first objects of the dump is the VM's.
 */
final class ModelInference implements HprofVisitor {
    private static final int SAMPLES = 20_000;
    private static final long MAX_DISTANCE = 4096;
    /** Compressed oops reach 32 GB at the default alignment; ZGC's addresses start at 4 TB. */
    private static final long BEYOND_COMPRESSED_OOPS = 1L << 42;

    /** A model and where it comes from. */
    record Result(VmModel model, String source) {}

    /** Ends the scan once there are enough samples. */
    private static final class EnoughException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EnoughException() {
            super(null, null, false, false);
        }
    }

    private final ClassTable classes = new ClassTable();
    private final Path file;
    private final List<Candidate> candidates = new ArrayList<>();
    private long previousId;
    private long previousClassId;
    private int previousLength = -1;
    private int previousType;
    private int pairs;
    private int seen;
    private long largestId;

    private final class Candidate {
        final VmModel model;
        final Map<Long, InstanceLayout> layouts = new HashMap<>();
        int votes;

        Candidate(int header, int reference, int alignment, boolean packed) {
            model = new VmModel(header, reference, alignment, packed);
        }

        long previousBytes(ClassDump instanceClass) throws HprofException {
            if (previousType == 0) {
                return classes.layout(instanceClass, model, layouts, file).bytes();
            }
            int element =
                    previousType == HprofType.OBJECT ? model.referenceBytes() : HprofType.primitiveBytes(previousType);
            return model.arrayBytes(previousLength, element);
        }
    }

    private ModelInference(Path file) {
        this.file = file;
        for (int alignment = 8; alignment <= 256; alignment *= 2) {
            candidates.add(new Candidate(12, 4, alignment, false));
            candidates.add(new Candidate(12, 8, alignment, false));
            candidates.add(new Candidate(8, 4, alignment, true));
            candidates.add(new Candidate(8, 8, alignment, true));
            for (int reference = 4; reference <= 8; reference += 4) {
                candidates.add(new Candidate(16, reference, alignment, false));
                candidates.add(new Candidate(16, reference, alignment, true));
            }
        }
    }

    static Result infer(Path file) throws IOException {
        ModelInference inference = new ModelInference(file);
        try {
            HprofScanner.scan(file, inference);
        } catch (EnoughException enough) {
            // the sample is full; the rest of the file does not matter here
        }
        return inference.result();
    }

    private Result result() {
        Candidate best = candidates.get(0);
        for (Candidate candidate : candidates) {
            if (candidate.votes > best.votes) {
                best = candidate;
            }
        }
        if (best.votes * 2 > pairs) {
            return new Result(
                    best.model,
                    String.format(
                            Locale.ROOT,
                            "inferred from neighbouring addresses: %s (%d%% of %d agree)",
                            describe(best.model),
                            best.votes * 100L / pairs,
                            pairs));
        }
        boolean farAway = Long.compareUnsigned(largestId, BEYOND_COMPRESSED_OOPS) >= 0;
        VmModel assumed = farAway ? new VmModel(12, 8, 8, false) : VmModel.DEFAULT;
        return new Result(assumed, "assumed, the dump is not in address order: " + describe(assumed));
    }

    static String describe(VmModel model) {
        return "header " + model.headerBytes() + ", references " + model.referenceBytes() + ", alignment "
                + model.alignmentBytes();
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
        compare(id);
        remember(id, 0, classId, 0);
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        compare(id);
        remember(id, HprofType.OBJECT, classId, length);
        return false;
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        compare(id);
        remember(id, type, 0, length);
        return false;
    }

    private void remember(long id, int type, long classId, int length) {
        previousId = id;
        previousType = type;
        previousClassId = classId;
        previousLength = length;
        if (Long.compareUnsigned(id, largestId) > 0) {
            largestId = id;
        }
        if (++seen >= SAMPLES) {
            throw new EnoughException();
        }
    }

    private void compare(long id) {
        long distance = id - previousId;
        if (previousLength < 0 || distance <= 0 || distance > MAX_DISTANCE) {
            return;
        }
        ClassDump instanceClass = classes.dump(previousClassId);
        if (previousType == 0 && instanceClass == null) {
            return;
        }
        pairs++;
        try {
            for (Candidate candidate : candidates) {
                if (candidate.previousBytes(instanceClass) == distance) {
                    candidate.votes++;
                }
            }
        } catch (HprofException e) {
            // a class without its lineage cannot vote; the analysis itself will report it
            pairs--;
        }
    }
}
