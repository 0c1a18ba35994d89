/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * The memory of a process at one moment. What the system does not tell is null.
 *
 * @param heapUsedBytes Java heap in use, garbage included
 * @param heapCommittedBytes Java heap that the VM has got from the system
 * @param residentBytes pages of the process in physical memory, files that it maps included
 * @param peakResidentBytes most that {@code residentBytes} has ever been
 * @param groupUsedBytes memory of the control group (the container), page cache included
 * @param groupLimitBytes most that the control group may have; null where there is no limit
 * @param minorFaults page faults of the process so far that needed no file: no bytes, a count
 */
public record MemoryReading(
        long heapUsedBytes,
        long heapCommittedBytes,
        @Nullable Long residentBytes,
        @Nullable Long peakResidentBytes,
        @Nullable Long groupUsedBytes,
        @Nullable Long groupLimitBytes,
        @Nullable Long minorFaults) {}
