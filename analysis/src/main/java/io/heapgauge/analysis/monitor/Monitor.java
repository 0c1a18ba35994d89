/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.monitor;

import org.jspecify.annotations.Nullable;

/** What long loops talk to: tells the progress, carries the wish to stop, and makes the work rest. */
public final class Monitor {
    /** Loops over objects call {@link #at} or {@link #check} when a counter has none of these bits: every 0.3 ms or so. */
    public static final int POLL = (1 << 10) - 1;

    /** Hears nothing and never stops. */
    public static final Monitor NONE = new Monitor(Progress.NONE, CancelSignal.NEVER);

    private final Progress progress;
    private final CancelSignal cancel;
    private final Pace pace;
    private String phase = "starting";
    private double told;
    private @Nullable Thread teller;

    /**
     * Joins the two.
     *
     * @param progress hears how far the work is
     * @param cancel says when to stop
     */
    public Monitor(Progress progress, CancelSignal cancel) {
        this(progress, cancel, Pace.ofShare(1));
    }

    /**
     * Joins the three.
     *
     * @param progress hears how far the work is
     * @param cancel says when to stop
     * @param pace makes the work rest
     */
    public Monitor(Progress progress, CancelSignal cancel, Pace pace) {
        this.progress = progress;
        this.cancel = cancel;
        this.pace = pace;
    }

    /**
     * For threads that help with a phase: a wish to stop is heard, progress is not told, and they do not rest.
     *
     * @return another monitor in the same phase
     */
    public Monitor withoutProgress() {
        Monitor quiet = new Monitor(Progress.NONE, cancel);
        quiet.phase = phase;
        return quiet;
    }

    /**
     * A new phase begins.
     *
     * @param name what is being done, a few words
     */
    public void phase(String name) {
        phase = name;
        teller = Thread.currentThread();
        at(0);
    }

    /**
     * Hears a wish to stop, and rests if it is time to, where there is no progress to tell.
     *
     * @throws AnalysisCancelledException if somebody asked to stop
     */
    public void check() {
        pace.breathe(cancel);
        if (cancel.isCancelled()) {
            throw new AnalysisCancelledException(phase);
        }
    }

    /**
     * Shows that work goes on where there is no progress to tell, as while memory is filled: hears a wish to stop, and says
     * once more how far the phase is if called on the thread that began it.
     *
     * @throws AnalysisCancelledException if somebody asked to stop
     */
    public void beat() {
        check();
        if (Thread.currentThread() == teller) {
            progress.at(phase, told);
        }
    }

    /**
     * The phase has come this far. To be called often enough that a wish to stop is heard within milliseconds.
     *
     * @param fraction share that is done, cut to 0…1
     * @throws AnalysisCancelledException if somebody asked to stop
     */
    public void at(double fraction) {
        check();
        told = Math.max(0, Math.min(1, fraction));
        progress.at(phase, told);
    }
}
