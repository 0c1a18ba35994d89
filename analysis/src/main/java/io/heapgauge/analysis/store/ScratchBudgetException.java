/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

/** An array does not fit the scratch budget; nothing was allocated for it. */
public final class ScratchBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long neededBytes;
    private final long budgetBytes;

    /**
     * Names the figures.
     *
     * @param neededBytes what would have been in use with this array
     * @param budgetBytes what is allowed
     */
    public ScratchBudgetException(long neededBytes, long budgetBytes) {
        super("needs " + neededBytes + " bytes of scratch, the budget is " + budgetBytes);
        this.neededBytes = neededBytes;
        this.budgetBytes = budgetBytes;
    }

    /**
     * What would have been in use.
     *
     * @return bytes
     */
    public long neededBytes() {
        return neededBytes;
    }

    /**
     * What is allowed.
     *
     * @return bytes
     */
    public long budgetBytes() {
        return budgetBytes;
    }
}
