/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Options of a gauge; every one has a default. A value that cannot be used is refused at once by an
 * {@link IllegalArgumentException} that names the setting, the value and what is allowed. Not safe for use by several
 * threads.
 */
public final class HeapGaugeBuilder {

    HeapGaugeBuilder() {}

    /**
     * The gauge's name, part of thread names and of the MXBean's object name. Default {@code default}.
     *
     * @param value 1 to 64 of the characters A-Z a-z 0-9 _ -
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder name(String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Where the metrics go. Default: nowhere. Two gauges that share a registry need different {@link #meterTags}.
     *
     * @param value the registry
     * @return this
     */
    public HeapGaugeBuilder meterRegistry(MeterRegistry value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Tags that every meter of this gauge carries. Default none.
     *
     * @param value the tags
     * @return this
     */
    public HeapGaugeBuilder meterTags(Tags value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Measures what an object owns. The object is held weakly, and found again in each capture.
     *
     * @param rootName the name in reports and metrics: not blank, at most 128 characters, no control characters
     * @param object the object
     * @return this
     * @throws IllegalArgumentException if the name is not accepted or taken
     */
    public HeapGaugeBuilder root(String rootName, Object object) {
        throw new UnsupportedOperationException();
    }

    /**
     * Measures what a static field, the instances of a class or a thread own.
     *
     * @param rootName the name in reports and metrics: not blank, at most 128 characters, no control characters
     * @param spec how the root is found in a capture
     * @return this
     * @throws IllegalArgumentException if the name is not accepted or taken
     */
    public HeapGaugeBuilder root(String rootName, RootSpec spec) {
        throw new UnsupportedOperationException();
    }

    /**
     * Names what a root's owned size leaves out; may be called several times.
     *
     * @param rootName name of a root given to this builder
     * @param values what its owned walk does not enter
     * @return this
     */
    public HeapGaugeBuilder exclude(String rootName, Exclusion... values) {
        throw new UnsupportedOperationException();
    }

    /**
     * Names what a root's owned size leaves out; may be called several times.
     *
     * @param rootName name of a root given to this builder
     * @param values {@code class:Name}, {@code package:name}, {@code field:Class#name} or {@code root:name}
     * @return this
     * @throws IllegalArgumentException if a value is none of these
     */
    public HeapGaugeBuilder exclude(String rootName, String... values) {
        throw new UnsupportedOperationException();
    }

    /**
     * Captures again and again, each time this long after the end of the capture before. Every one pauses the
     * application for as long as its heap takes to be written. Default: only when asked.
     *
     * @param value at least 1 second, not below {@link #minimumInterval}, at most 366 days
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public HeapGaugeBuilder every(Duration value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Captures when the process receives this operating system signal; {@code USR1} is the usual choice. Default: none.
     *
     * @param value the signal's name without {@code SIG}
     * @return this
     * @throws IllegalArgumentException if there is no such signal, or the VM or the application's life depends on it
     */
    public HeapGaugeBuilder signal(String value) {
        throw new UnsupportedOperationException();
    }

    /**
     * The least time between the end of a capture and the start of the next, whatever asks for it; what comes sooner is
     * refused. Default 10 seconds.
     *
     * @param value 0 to 366 days
     * @return this
     * @throws IllegalArgumentException if it is negative or longer
     */
    public HeapGaugeBuilder minimumInterval(Duration value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Where dumps and scratch files go. A missing directory is created for the owner alone; one that others may enter is
     * not used. Default {@code heapgauge-<user>} in the system's temporary directory.
     *
     * @param value the directory, this library's alone
     * @return this
     */
    public HeapGaugeBuilder directory(Path value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether callers may have a dump kept after its analysis. A dump holds every secret of the process. Default no.
     *
     * @param value whether they may
     * @return this
     */
    public HeapGaugeBuilder allowKeep(boolean value) {
        throw new UnsupportedOperationException();
    }

    /**
     * How many of the largest types have a metric of their own; the rest is summed up as {@code other}. Default 20.
     *
     * @param value 1 to 1,000
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder topTypes(int value) {
        throw new UnsupportedOperationException();
    }

    /**
     * How many of the largest types have a row in the report. Default 1,000.
     *
     * @param value 1 to 100,000
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder reportTypes(int value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Most bytes of scratch files an analysis may use; where a level of analysis needs more, a lower one runs and the
     * report says so. Default 1 GiB.
     *
     * @param bytes at least 1 MiB
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public HeapGaugeBuilder scratchBudget(long bytes) {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether listeners on the class path are found by themselves, through the class loader of this library. Default yes.
     *
     * @param value whether they are
     * @return this
     */
    public HeapGaugeBuilder discoverListeners(boolean value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a listener; may be called several times.
     *
     * @param value hears what the gauge does
     * @return this
     */
    public HeapGaugeBuilder listener(HeapReportListener value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a gauge with these options. What the surroundings may spoil (a directory that cannot be used, a signal that
     * somebody else owns) is logged and does not stop the host from starting.
     *
     * @return a running gauge, to be closed
     * @throws IllegalArgumentException if two options contradict each other
     */
    public HeapGauge start() {
        throw new UnsupportedOperationException();
    }
}
