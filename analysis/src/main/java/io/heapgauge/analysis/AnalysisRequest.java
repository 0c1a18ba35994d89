/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis;

import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.monitor.Pace;
import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.source.NativeField;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an analysis shall find out and what it may use. Immutable; made by {@link #builder()}.
 *
 * @param maxLevel the highest level wanted
 * @param roots configured roots to measure, in this order
 * @param maxTypes most type rows in the report
 * @param maxRootTypes most type rows per root and measure
 * @param maxRetainers most objects among the top retainers
 * @param followed edges that reachable and owned walks follow although they say little about ownership
 * @param reading how the dump is read: the layout of the VM's objects, threads, fields that tell of native memory
 * @param history the captures before, for the report's growth; null for none
 * @param scratchDirectory where scratch files go; they are deleted before the analysis returns. Null for scratch in direct
 *     memory
 * @param scratchBudgetBytes most bytes of scratch; a lower level runs where a higher one does not fit
 * @param cpuShare share of one processor that the analysing thread takes, above 0 and at most 1
 * @param progress hears how far it is
 * @param cancel polled at least every few milliseconds
 */
public record AnalysisRequest(
        Level maxLevel,
        List<RootDefinition> roots,
        int maxTypes,
        int maxRootTypes,
        int maxRetainers,
        Set<EdgeFilter> followed,
        HprofSource.Options reading,
        @Nullable HeapHistory history,
        @Nullable Path scratchDirectory,
        long scratchBudgetBytes,
        double cpuShare,
        Progress progress,
        CancelSignal cancel) {
    /**
     * Keeps an immutable copy of the roots.
     *
     * @param maxLevel the highest level wanted
     * @param roots configured roots to measure
     * @param maxTypes most type rows in the report
     * @param maxRootTypes most type rows per root and measure
     * @param maxRetainers most objects among the top retainers
     * @param followed edges to follow, copied
     * @param reading how the dump is read
     * @param history the captures before, or null
     * @param scratchDirectory where scratch files go, or null for direct memory
     * @param scratchBudgetBytes most bytes of scratch
     * @param cpuShare share of one processor
     * @param progress hears how far it is
     * @param cancel polled in long loops
     * @throws IllegalArgumentException if two roots have one name, or an exclusion names a root that is not there
     */
    public AnalysisRequest {
        roots = List.copyOf(roots);
        followed = Set.copyOf(followed);
        if (maxTypes < 1 || maxRootTypes < 1 || maxRetainers < 1) {
            throw new IllegalArgumentException("maxTypes, maxRootTypes and maxRetainers must be at least 1");
        }
        if (!(cpuShare > 0 && cpuShare <= 1)) {
            throw new IllegalArgumentException("cpuShare " + cpuShare + ": above 0 and at most 1");
        }
        checkNames(roots);
    }

    private static void checkNames(List<RootDefinition> roots) {
        Set<String> names = new HashSet<>();
        for (RootDefinition root : roots) {
            if (!names.add(root.name())) {
                throw new IllegalArgumentException("two roots are named " + root.name());
            }
        }
        for (RootDefinition root : roots) {
            for (Exclusion exclusion : root.exclusions()) {
                if (exclusion instanceof Exclusion.OfRoot other && !names.contains(other.rootName())) {
                    throw new IllegalArgumentException("root " + root.name() + " excludes root " + other.rootName()
                            + ", which is not configured; configured are " + names);
                }
            }
        }
    }

    /**
     * Starts from the defaults: level {@link Level#RETAINED}, no roots, 1,000 types, 20 types per root, 1,000 retainers, an
     * inferred layout, one thread, scratch files without a limit in the default temporary directory.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The same with another listener.
     *
     * @param listener hears how far it is
     * @return the request
     */
    public AnalysisRequest with(Progress listener) {
        return new AnalysisRequest(
                maxLevel,
                roots,
                maxTypes,
                maxRootTypes,
                maxRetainers,
                followed,
                reading,
                history,
                scratchDirectory,
                scratchBudgetBytes,
                cpuShare,
                listener,
                cancel);
    }

    /**
     * What the work of this request talks to; it begins now.
     *
     * @return a monitor with this request's progress, cancel signal and share of a processor
     */
    public Monitor monitor() {
        return new Monitor(progress, cancel, Pace.ofShare(cpuShare));
    }

    /**
     * Opens the scratch that the request asks for, with its budget.
     *
     * @param monitor polled while it grows
     * @return scratch to close after use
     * @throws IOException if a file cannot be created
     */
    public Scratch openScratch(Monitor monitor) throws IOException {
        return openScratch(scratchBudgetBytes, monitor);
    }

    /**
     * Opens the scratch that the request asks for.
     *
     * @param budgetBytes most bytes of it
     * @param monitor polled while it grows
     * @return scratch to close after use
     * @throws IOException if a file cannot be created
     */
    Scratch openScratch(long budgetBytes, Monitor monitor) throws IOException {
        Scratch scratch =
                scratchDirectory == null ? Scratch.direct(budgetBytes) : Scratch.mapped(scratchDirectory, budgetBytes);
        return scratch.whenGrowing(monitor::beat);
    }

    /** Collects the options; not safe for use by several threads. */
    public static final class Builder {
        private Level maxLevel = Level.RETAINED;
        private List<RootDefinition> roots = List.of();
        private int maxTypes = 1_000;
        private int maxRootTypes = 20;
        private int maxRetainers = 1_000;
        private @Nullable VmModel vmModel;
        private Set<EdgeFilter> followed = Set.of();
        private int threads = 1;
        private List<NativeField> nativeFields = List.of();
        private @Nullable HeapHistory history;
        private @Nullable Path scratchDirectory = Path.of(System.getProperty("java.io.tmpdir"));
        private long scratchBudgetBytes = Long.MAX_VALUE;
        private double cpuShare = 1;
        private Progress progress = Progress.NONE;
        private CancelSignal cancel = CancelSignal.NEVER;

        private Builder() {}

        /**
         * The highest level wanted.
         *
         * @param value the level
         * @return this
         */
        public Builder maxLevel(Level value) {
            maxLevel = value;
            return this;
        }

        /**
         * The configured roots.
         *
         * @param value roots in the order of the report
         * @return this
         */
        public Builder roots(List<RootDefinition> value) {
            roots = value;
            return this;
        }

        /**
         * Most type rows in the report.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxTypes(int value) {
            maxTypes = value;
            return this;
        }

        /**
         * Most type rows per root and measure.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxRootTypes(int value) {
            maxRootTypes = value;
            return this;
        }

        /**
         * Most objects among the top retainers.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxRetainers(int value) {
            maxRetainers = value;
            return this;
        }

        /**
         * The dumped VM's object layout, where it is known.
         *
         * @param value the layout, or null to infer it
         * @return this
         */
        public Builder vmModel(@Nullable VmModel value) {
            vmModel = value;
            return this;
        }

        /**
         * Edges that reachable and owned walks follow, which they leave out otherwise.
         *
         * @param value edges
         * @return this
         */
        public Builder follow(Set<EdgeFilter> value) {
            followed = value;
            return this;
        }

        /**
         * How many threads read the dump. Inside a service one is enough; a command line can use all processors.
         *
         * @param value at least 1
         * @return this
         */
        public Builder threads(int value) {
            threads = value;
            return this;
        }

        /**
         * Fields that tell how many bytes outside of the Java heap their objects hold.
         *
         * @param value fields, beside those that are known of the JDK
         * @return this
         */
        public Builder nativeFields(List<NativeField> value) {
            nativeFields = value;
            return this;
        }

        /**
         * The captures before this one, so that the report says what grows.
         *
         * @param value captures of the same mode
         * @return this
         */
        public Builder history(HeapHistory value) {
            history = value;
            return this;
        }

        /**
         * Keeps scratch in direct memory instead of files. It counts against {@code -XX:MaxDirectMemorySize} and is given
         * back when the garbage collector finds the buffers.
         *
         * @return this
         */
        public Builder directScratch() {
            scratchDirectory = null;
            return this;
        }

        /**
         * Where scratch files go.
         *
         * @param value an existing directory
         * @return this
         */
        public Builder scratchDirectory(Path value) {
            scratchDirectory = value;
            return this;
        }

        /**
         * Most bytes of scratch.
         *
         * @param value bytes
         * @return this
         */
        public Builder scratchBudgetBytes(long value) {
            scratchBudgetBytes = value;
            return this;
        }

        /**
         * Share of one processor that the analysing thread takes; it works a few milliseconds and rests in between. For
         * analyses with one thread: those that help it read do not rest.
         *
         * @param value above 0 and at most 1, the default, which is no rest
         * @return this
         */
        public Builder cpuShare(double value) {
            cpuShare = value;
            return this;
        }

        /**
         * Who hears of the progress.
         *
         * @param value the listener
         * @return this
         */
        public Builder progress(Progress value) {
            progress = value;
            return this;
        }

        /**
         * What may stop the analysis.
         *
         * @param value the signal
         * @return this
         */
        public Builder cancel(CancelSignal value) {
            cancel = value;
            return this;
        }

        /**
         * Makes the request.
         *
         * @return an immutable request
         */
        public AnalysisRequest build() {
            return new AnalysisRequest(
                    maxLevel,
                    roots,
                    maxTypes,
                    maxRootTypes,
                    maxRetainers,
                    followed,
                    new HprofSource.Options(vmModel, threads, nativeFields),
                    history,
                    scratchDirectory,
                    scratchBudgetBytes,
                    cpuShare,
                    progress,
                    cancel);
        }
    }
}
