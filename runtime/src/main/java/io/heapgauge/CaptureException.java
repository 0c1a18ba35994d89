/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Thrown to the caller whose capture gave no report; {@link #failure()} tells why. */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CaptureFailure failure;

    /**
     * Wraps a failure.
     *
     * @param failure what happened
     * @param cause the exception behind it, or null
     */
    public CaptureException(CaptureFailure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /**
     * What happened.
     *
     * @return the failure as the listeners saw it
     */
    public CaptureFailure failure() {
        return failure;
    }
}
