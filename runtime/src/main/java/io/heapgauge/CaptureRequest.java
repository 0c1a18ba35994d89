/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.Trigger;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One wish for a capture. Callers give a label, never a path.
 *
 * @param trigger what asks
 * @param label letters, digits, dash and underscore, at most 64, or null
 * @param keepDump whether the dump file stays in the dump directory after its analysis
 * @param mode how much is found out
 * @param by who asks, for the audit line: a user, an address; null where nobody is known
 */
public record CaptureRequest(
        Trigger trigger,
        @Nullable String label,
        boolean keepDump,
        CaptureMode mode,
        @Nullable String by) {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST_BY_CHARACTERS = 128;

    /**
     * Checks the label.
     *
     * @param trigger what asks
     * @param label letters, digits, dash and underscore, at most 64; an empty label counts as none
     * @param keepDump whether the dump file stays
     * @param mode how much is found out
     * @param by who asks; control characters become question marks, and what is too long is cut
     * @throws IllegalArgumentException if the label has other characters or is too long, or if quick mode shall keep a dump
     */
    public CaptureRequest {
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(mode, "mode");
        if (label != null && label.isEmpty()) {
            label = null;
        }
        if (label != null && !LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "label not accepted: use 1 to 64 of the characters A-Z a-z 0-9 _ - (it becomes part of a file name)");
        }
        if (keepDump && mode == CaptureMode.QUICK) {
            throw new IllegalArgumentException("quick mode writes no dump that could be kept; ask for a full capture");
        }
        by = by == null || by.isBlank() ? null : printable(by);
    }

    /**
     * A full capture, by nobody known.
     *
     * @param trigger what asks
     * @param label letters, digits, dash and underscore, at most 64; an empty label counts as none
     * @param keepDump whether the dump file stays
     * @throws IllegalArgumentException if the label has other characters or is too long
     */
    public CaptureRequest(Trigger trigger, @Nullable String label, boolean keepDump) {
        this(trigger, label, keepDump, CaptureMode.FULL, null);
    }

    private static String printable(String text) {
        String cut = text.substring(0, Math.min(MOST_BY_CHARACTERS, text.length()));
        return cut.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }

    /**
     * A full capture whose dump is deleted once analysed.
     *
     * @param trigger what asks
     * @return the request, without a label
     */
    public static CaptureRequest of(Trigger trigger) {
        return new CaptureRequest(trigger, null, false);
    }

    /**
     * A capture in quick mode.
     *
     * @param trigger what asks
     * @return the request, without a label
     */
    public static CaptureRequest quick(Trigger trigger) {
        return new CaptureRequest(trigger, null, false, CaptureMode.QUICK, null);
    }

    /**
     * The same, asked by somebody.
     *
     * @param who a user, an address, or null
     * @return the request
     */
    public CaptureRequest by(@Nullable String who) {
        return new CaptureRequest(trigger, label, keepDump, mode, who);
    }

    /** Whether nobody waits for it and nothing but a setting wants it. */
    boolean isUnasked() {
        return trigger == Trigger.INTERVAL || trigger == Trigger.PRESSURE || trigger == Trigger.GROWTH;
    }
}
