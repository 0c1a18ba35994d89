/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.report.HeapReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One capture on its way, with all who wait for it. Everybody gets a future of his own, so that what one does to it does
 * not reach the others.
 */
final class Flight implements CancelSignal {
    private final CaptureRequest request;
    private final @Nullable Path found;
    private final @Nullable RootDefinition only;
    private List<CompletableFuture<HeapReport>> waiting = new ArrayList<>();
    private volatile boolean cancelled;
    private volatile @Nullable String stopReason;
    private volatile @Nullable String givenUp;
    private volatile boolean captureBegun;
    private volatile @Nullable String keptAs;
    private volatile boolean whole = true;
    private boolean keepWanted;
    private @Nullable String keepLabel;
    private boolean keepDecided;

    /**
     * A flight to come.
     *
     * @param request what asked first
     * @param answer its answer
     */
    Flight(CaptureRequest request, CompletableFuture<HeapReport> answer) {
        this(request, answer, null, null);
    }

    /**
     * A flight that measures one object for one caller, and whose report is nobody else's.
     *
     * @param request what asked
     * @param answer its answer
     * @param only the object
     */
    Flight(CaptureRequest request, CompletableFuture<HeapReport> answer, RootDefinition only) {
        this(request, answer, null, only);
    }

    /**
     * A flight whose dump is there already.
     *
     * @param request what asked
     * @param answer its answer
     * @param found a dump in the gauge's directory
     */
    Flight(CaptureRequest request, CompletableFuture<HeapReport> answer, Path found) {
        this(request, answer, found, null);
    }

    private Flight(
            CaptureRequest request,
            CompletableFuture<HeapReport> answer,
            @Nullable Path found,
            @Nullable RootDefinition only) {
        this.request = request;
        this.found = found;
        this.only = only;
        keepWanted = request.keepDump();
        keepLabel = request.label();
        waiting.add(answer);
    }

    CaptureRequest request() {
        return request;
    }

    /** The dump that a VM left, or null for a capture of this one. */
    @Nullable
    Path found() {
        return found;
    }

    /** The one object that is measured, or null for all that is configured. */
    @Nullable
    RootDefinition only() {
        return only;
    }

    /**
     * Lets another request share the end of this one.
     *
     * @return false if it wants the dump kept and it is too late for that
     */
    synchronized boolean join(CaptureRequest other, CompletableFuture<HeapReport> answer) {
        if (other.keepDump() && !keepWanted) {
            if (keepDecided) {
                return false;
            }
            keepWanted = true;
            keepLabel = other.label();
        }
        waiting.add(answer);
        return true;
    }

    /** Whether the dump shall stay; from now on nobody can change that. */
    synchronized boolean decideKeep() {
        keepDecided = true;
        return keepWanted;
    }

    synchronized @Nullable String keepLabel() {
        return keepLabel;
    }

    void keptAs(String name) {
        keptAs = name;
    }

    @Nullable
    String keptAs() {
        return keptAs;
    }

    /** The dump has been written, with all contents or without. */
    void dumped(boolean withContents) {
        whole = withContents;
    }

    /** Whether the dump holds contents that redaction would take out. */
    boolean isWhole() {
        return whole;
    }

    void cancel() {
        cancelled = true;
    }

    /** Cancels it for a reason that is a failure. */
    void stop(String reason) {
        stopReason = reason;
        cancelled = true;
    }

    /** Why it was stopped, where nobody asked for that. */
    @Nullable
    String stopReason() {
        return stopReason;
    }

    /** Nobody shall wait for it any more, though its thread is still busy. */
    void giveUp(String reason) {
        givenUp = reason;
    }

    @Nullable
    String givenUp() {
        return givenUp;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** From here on the application may have been paused. */
    void captureBegins() {
        captureBegun = true;
    }

    boolean hasBegunCapture() {
        return captureBegun;
    }

    /** All who wait, once; takes no memory, which may be what the flight failed for. */
    synchronized List<CompletableFuture<HeapReport>> takeWaiting() {
        List<CompletableFuture<HeapReport>> all = waiting;
        waiting = List.of();
        return all;
    }
}
