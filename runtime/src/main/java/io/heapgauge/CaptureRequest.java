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
 */
public record CaptureRequest(Trigger trigger, @Nullable String label, boolean keepDump) {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * Checks the label.
     *
     * @param trigger what asks
     * @param label letters, digits, dash and underscore, at most 64; an empty label counts as none
     * @param keepDump whether the dump file stays
     * @throws IllegalArgumentException if the label has other characters or is too long
     */
    public CaptureRequest {
        Objects.requireNonNull(trigger, "trigger");
        if (label != null && label.isEmpty()) {
            label = null;
        }
        if (label != null && !LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "label not accepted: use 1 to 64 of the characters A-Z a-z 0-9 _ - (it becomes part of a file name)");
        }
    }

    /**
     * A capture whose dump is deleted once analysed.
     *
     * @param trigger what asks
     * @return the request, without a label
     */
    public static CaptureRequest of(Trigger trigger) {
        return new CaptureRequest(trigger, null, false);
    }
}
