/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.layout.JdkGeneration;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out how the dumped VM lays objects out. Ids are addresses and objects lie side by side, so the distance to the next
 * object is an object's size, unless something in between is missing from the sample; it is never less. The model that
 * explains most distances and claims too much for fewest is the VM's.
 */
final class ModelInference {
    private static final long MAX_DISTANCE = 4096;
    /** Neighbours that all candidates are compared with. */
    private static final int PAIRS_OF_ALL = 300;

    private static final int SMALLEST_ALIGNMENT = 8;
    /** Powers of two, the largest 256. */
    private static final int ALIGNMENTS = 6;
    /** Neighbours that must agree before a sample full of gaps proves anything. */
    private static final int FEWEST_VOTES = 30;
    /** Compressed oops reach 32 GB at the default alignment; ZGC's addresses start at 4 TB. */
    private static final long BEYOND_COMPRESSED_OOPS = 1L << 42;

    /**
     * A model and where it comes from.
     *
     * @param guessed whether the dump did not confirm it
     */
    record Result(VmModel model, boolean guessed, String source) {}

    /** Candidates that differ only in the alignment of objects, and so share the layouts of all classes. */
    private static final class Family {
        /** That of the smallest alignment. */
        final VmModel model;

        final ClassLayouts layouts;
        /** Alignment, as a power of two beyond the smallest → neighbours that agree. */
        final int[] votes = new int[ALIGNMENTS];
        /** Alignment → neighbours that are closer than the model allows. */
        final int[] refuted = new int[ALIGNMENTS];
        /** How many alignments, from the smallest on, may still be the best. */
        private int plausible = ALIGNMENTS;

        Family(VmModel model, ClassLayouts layouts) {
            this.model = model;
            this.layouts = layouts;
        }

        void compare(long bytes, long distance) {
            for (int i = 0; i < plausible; i++) {
                long alignment = (long) SMALLEST_ALIGNMENT << i;
                long aligned = (bytes + alignment - 1) & -alignment;
                if (aligned == distance) {
                    votes[i]++;
                } else if (aligned > distance) {
                    refuted[i]++;
                }
            }
        }

        /** Of equals the one of the smaller alignment. */
        Candidate best() {
            Candidate best = candidate(0);
            for (int i = 1; i < plausible; i++) {
                if (votes[i] - refuted[i] > best.score()) {
                    best = candidate(i);
                }
            }
            return best;
        }

        /** Compares large alignments no more that explain less than half of what the best candidate does. */
        void dropTheHopeless(int bestScore) {
            while (plausible > 1 && candidate(plausible - 1).score() * 2 < bestScore) {
                plausible--;
            }
        }

        private Candidate candidate(int i) {
            VmModel aligned = new VmModel(
                    model.headerBytes(), model.referenceBytes(), SMALLEST_ALIGNMENT << i, model.packedArrays());
            return new Candidate(aligned, votes[i], refuted[i]);
        }
    }

    private record Candidate(VmModel model, int votes, int refuted) {
        int score() {
            return votes - refuted;
        }
    }

    private final AddressSample sample;
    private final ClassShapes shapes;
    private final List<Family> families = new ArrayList<>();
    private int pairs;

    private ModelInference(Path file, AddressSample sample) {
        this.sample = sample;
        JdkGeneration jdk = ClassLayouts.generation(sample.classes());
        shapes = new ClassShapes(sample.classes(), jdk);
        boolean packed = jdk.isSince(JdkGeneration.SINCE_25);
        for (int reference = 4; reference <= 8; reference += 4) {
            add(file, 12, reference, packed);
            add(file, 8, reference, true);
            add(file, 16, reference, packed);
            add(file, 16, reference, !packed);
        }
    }

    private void add(Path file, int header, int reference, boolean packed) {
        VmModel model = new VmModel(header, reference, SMALLEST_ALIGNMENT, packed);
        families.add(new Family(model, new ClassLayouts(shapes, model, file, sample.brief())));
    }

    /**
     * Reads the first objects of a dump.
     *
     * @param heap where its first heap dump record starts
     * @param classes has the names that stand before, and gets the class records that it reads
     */
    static Result infer(Path file, long heap, ClassTable classes, Monitor monitor) throws IOException {
        ModelInference inference = new ModelInference(file, AddressSample.of(file, heap, classes, monitor));
        inference.compareNeighbours();
        return inference.result();
    }

    private void compareNeighbours() {
        int[] sorted = sample.sorted();
        for (int i = 0; i + 1 < sorted.length; i++) {
            long distance = sample.id(sorted[i + 1]) - sample.id(sorted[i]);
            if (distance > 0 && distance <= MAX_DISTANCE && sample.kind(sorted[i]) != AddressSample.MIRROR) {
                compare(sorted[i], distance);
            }
        }
    }

    private void compare(int object, long distance) {
        ClassDump dump = sample.classes().dump(sample.classId(object));
        int kind = sample.kind(object);
        if (kind == 0 && dump == null) {
            return;
        }
        try {
            for (Family family : families) {
                family.compare(
                        kind == 0 ? family.layouts.instanceBytes(dump) : arrayBytes(object, family.model), distance);
            }
            if (++pairs == PAIRS_OF_ALL) {
                dropTheHopeless();
            }
        } catch (HprofException e) {
            // a class without its lineage cannot vote; the analysis itself will report it
            return;
        }
    }

    /** What explains less than half of what the best does by now is compared no more. */
    private void dropTheHopeless() {
        int best = best().score();
        if (best > 0) {
            families.removeIf(family -> family.best().score() * 2 < best);
            families.forEach(family -> family.dropTheHopeless(best));
        }
    }

    private long arrayBytes(int array, VmModel model) {
        int kind = sample.kind(array);
        int element = kind == HprofType.OBJECT ? model.referenceBytes() : HprofType.primitiveBytes(kind);
        return model.arrayBytes(sample.length(array), element);
    }

    /** Of equals the first one, which is the more usual. */
    private Candidate best() {
        Candidate best = families.get(0).best();
        for (Family family : families) {
            if (family.best().score() > best.score()) {
                best = family.best();
            }
        }
        return best;
    }

    private Result result() {
        Candidate best = best();
        boolean clear = sample.shuffled()
                ? best.votes() >= FEWEST_VOTES && best.votes() * 4 > pairs && best.refuted() * 20 <= best.votes()
                : best.votes() * 2 > pairs;
        if (clear) {
            return new Result(
                    best.model(),
                    false,
                    "inferred from neighbouring addresses: " + describe(best.model()) + " ("
                            + best.votes() * 100L / pairs + "% of " + pairs + " agree)");
        }
        boolean farAway = Long.compareUnsigned(sample.largestId(), BEYOND_COMPRESSED_OOPS) >= 0;
        VmModel assumed = farAway ? new VmModel(12, 8, 8, false) : VmModel.DEFAULT;
        return new Result(assumed, true, "assumed, too few objects of the dump lie side by side: " + describe(assumed));
    }

    static String describe(VmModel model) {
        return "header " + model.headerBytes() + ", references " + model.referenceBytes() + ", alignment "
                + model.alignmentBytes();
    }
}
