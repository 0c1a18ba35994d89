/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import java.util.Date;
import java.util.Map;
import javax.management.MBeanOperationInfo;
import org.jspecify.annotations.Nullable;

/**
 * What JConsole and other management clients see of a gauge, under
 * {@code io.heapgauge:type=HeapGauge,name=<name>}. Attributes that tell of a capture are null before the first, and
 * null, never zero, where it is unknown. Callers give labels, never paths; errors are of JDK types, so that a client
 * needs no class of heapgauge.
 */
@Described("What fills the heap of this JVM, and how big its configured roots are")
public interface HeapGaugeMXBean {
    /**
     * Captures, analyses, deletes the dump and waits for the outcome.
     *
     * @param label letters, digits, dash and underscore, at most 64; may be empty or null
     * @return the text of {@link #summary()}
     * @throws IllegalArgumentException if the label is not accepted
     * @throws IllegalStateException if there is no report, saying why
     */
    @Described(
            value = "Captures the heap, analyses it in the background and deletes the dump; returns the summary."
                    + " The application stands still while the dump is written",
            impact = MBeanOperationInfo.ACTION_INFO)
    String capture(
            @Described(
                            name = "label",
                            value =
                                    "Told in the report and in events: letters, digits, dash and underscore, at most 64;"
                                            + " may be empty")
                    @Nullable
                    String label);

    /**
     * Captures and analyses like {@link #capture}, and keeps the dump file in the gauge's own directory. The file holds
     * everything that the application has in memory, secrets included.
     *
     * @param label letters, digits, dash and underscore, at most 64; may be empty or null
     * @return the file's name, without its directory
     * @throws IllegalArgumentException if the label is not accepted
     * @throws IllegalStateException if keeping dumps is not allowed, or there is no dump, saying why
     */
    @Described(
            value =
                    "Captures and analyses the heap, and keeps the dump in the dump directory of the service; returns the"
                            + " file's name. The file holds everything in memory, secrets included; refused where keeping"
                            + " dumps is not allowed",
            impact = MBeanOperationInfo.ACTION_INFO)
    String dump(
            @Described(
                            name = "label",
                            value = "Becomes part of the file's name: letters, digits, dash and underscore, at most 64;"
                                    + " may be empty")
                    @Nullable
                    String label);

    /**
     * Counts the objects by type without a dump, and where the fork engine is in use measures the configured roots.
     *
     * @return the report as a text table
     * @throws IllegalStateException if there is none; the message says why
     */
    @Described(
            value =
                    "Quick mode: objects by type, with a short pause and no file, and where the fork engine is in use the"
                            + " sizes of the configured roots; returns the table",
            impact = MBeanOperationInfo.ACTION)
    String quick();

    /**
     * Measures a configured root now: what it reaches, shared objects included. By a snapshot where the fork engine is in use,
     * else by a capture whose dump is deleted; nothing is published.
     *
     * @param root the root's name
     * @return {@code (all)} and the largest types → objects and bytes
     * @throws IllegalArgumentException if there is no such root
     * @throws IllegalStateException if there is no answer; the message says why
     */
    @Described(
            value =
                    "How big a configured root is now with all that it reaches, by type; takes a snapshot or a capture of"
                            + " its own, of which nothing is published",
            impact = MBeanOperationInfo.ACTION_INFO)
    Map<String, TypeRow> sizeOf(
            @Described(name = "root", value = "Name of a configured root, a row of the attribute Roots") String root);

    /**
     * The last report as a text table.
     *
     * @return the table, or a sentence saying that there is none yet
     */
    @Described(value = "The last report as a text table", impact = MBeanOperationInfo.INFO)
    String summary();

    /**
     * Compares with the latest report from now on.
     *
     * @return when that report's heap was captured
     * @throws IllegalStateException if there is no report yet
     */
    @Described(
            value =
                    "From now on growth is told against the latest report that knows what is reached, over restarts too; returns its time",
            impact = MBeanOperationInfo.ACTION)
    String markBaseline();

    /**
     * Asks the running capture to stop.
     *
     * @return whether one was running
     */
    @Described(
            value = "Asks the running capture to stop; returns whether one was running",
            impact = MBeanOperationInfo.ACTION)
    boolean cancel();

    /**
     * What the gauge is doing.
     *
     * @return {@code stopped}, {@code idle}, {@code capturing} or {@code analyzing}
     */
    @Described("stopped, idle, capturing (the application may stand still) or analyzing (in the background)")
    String getState();

    /**
     * What the running capture is doing, in words.
     *
     * @return empty when idle
     */
    @Described("What the running capture is doing, in words; empty when idle")
    String getPhase();

    /**
     * Share of the current phase that is done.
     *
     * @return 0 to 1
     */
    @Described("Share of the current phase that is done, 0 to 1")
    double getProgress();

    /**
     * Which engine takes the heap.
     *
     * @return {@code fork}, {@code hotspot}, or {@code none}; empty in the moment before it is decided
     */
    @Described(
            "Which engine takes the heap: fork (a pause of milliseconds), hotspot, or none; empty before it is decided")
    String getEngine();

    /**
     * Why it is that engine.
     *
     * @return a sentence
     */
    @Described("Why it is that engine: what its self-check showed, or why the fork engine cannot be had")
    String getEngineReason();

    /**
     * Time between two measurements that the gauge takes by itself in snapshots.
     *
     * @return seconds, longer than configured where the budget asks for it; null where it does not measure so
     */
    @Described("Seconds between two measurements that the gauge takes by itself in snapshots; null where it does not")
    @Nullable
    Double getContinuousInterval();

    /**
     * Share of the time that the application stood still for them.
     *
     * @return 0 to 1, of about the last hour; null where the gauge does not measure so
     */
    @Described("Share of the time, 0 to 1, that the application stood still for them in about the last hour")
    @Nullable
    Double getContinuousPausedShare();

    /**
     * Counts the objects by type in a snapshot and by the VM, and tells where they differ.
     *
     * @return a table
     * @throws IllegalStateException if the fork engine is not in use, or one of the counts failed
     */
    @Described(
            value =
                    "Self-test of the fork engine: objects by type in a snapshot against the VM's own class histogram, which"
                            + " pauses the application; returns where they differ",
            impact = MBeanOperationInfo.ACTION)
    String compareEngines();

    /**
     * Whether captures are taken at all.
     *
     * @return false while they are switched off
     */
    @Described("Whether captures are taken; false refuses all of them until it is true again")
    boolean isEnabled();

    /**
     * Switches captures on or off.
     *
     * @param enabled whether captures are taken
     */
    void setEnabled(boolean enabled);

    /**
     * Whether {@link #dump} may keep a file.
     *
     * @return as the service configured it
     */
    @Described("Whether this service allows dump() to keep a file")
    boolean isKeepAllowed();

    /**
     * When the last reported capture started.
     *
     * @return the time, or null before the first report
     */
    @Described("When the capture of the last report started")
    @Nullable
    Date getLastCaptureTime();

    /**
     * What had asked for the last report.
     *
     * @return for example {@code jmx} or {@code signal}; null before the first report
     */
    @Described("What had asked for the last report: api, jmx, signal, interval, pressure, http or oom")
    @Nullable
    String getLastTrigger();

    /**
     * The label of the last report.
     *
     * @return null without a label or before the first report
     */
    @Described("The label that came with the wish for the last report")
    @Nullable
    String getLastLabel();

    /**
     * How long the application stood still for the last report.
     *
     * @return milliseconds; null where it is unknown and before the first report
     */
    @Described("How long the application stood still for the last report, in milliseconds; null where unknown")
    @Nullable
    Double getLastPauseMillis();

    /**
     * How that pause became known.
     *
     * @return {@code safepoint}, {@code observed-gap} or {@code unknown}; null before the first report
     */
    @Described(
            "How the pause became known: safepoint (timed by the engine), observed-gap (seen by a watching thread, with"
                    + " scheduling noise) or unknown")
    @Nullable
    String getLastPauseSource();

    /**
     * Wall time of the last capture.
     *
     * @return milliseconds; null before the first report
     */
    @Described("Wall time of writing the last dump, in milliseconds")
    @Nullable
    Double getLastCaptureMillis();

    /**
     * Wall time of the last analysis.
     *
     * @return milliseconds; null before the first report
     */
    @Described("Wall time of the last analysis, in milliseconds")
    @Nullable
    Double getLastAnalysisMillis();

    /**
     * Size of the last dump file.
     *
     * @return bytes; null before the first report
     */
    @Described("Size of the last dump file in bytes, whether it was kept or not")
    @Nullable
    Long getLastDumpBytes();

    /**
     * What the last capture took of the heap.
     *
     * @return {@code dump}, {@code structure} (a dump without values) or {@code types}; null before the first report
     */
    @Described("What the last capture took of the heap: dump, structure (a dump without values) or types")
    @Nullable
    String getLastProduct();

    /**
     * File name of the last dump, where it was kept.
     *
     * @return the name without its directory; null when it was deleted and before the first report
     */
    @Described("File name of the last dump in the dump directory; null when it was deleted")
    @Nullable
    String getLastDumpName();

    /**
     * How far the last analysis went and why.
     *
     * @return for example {@code retained: the highest level; it fits the scratch budget}; null before the first report
     */
    @Described("How far the last analysis went, and why: types (sizes by type), owned (also what the"
            + " roots reach and own) or retained (also what roots and single objects retain)")
    @Nullable
    String getLastLevel();

    /**
     * The last failure or refusal.
     *
     * @return its message, or null while there was none
     */
    @Described("The last failure, refusal or cancellation; stays until the next one")
    @Nullable
    String getLastError();

    /**
     * When that failure happened.
     *
     * @return the time, or null while there was none
     */
    @Described("When the last failure, refusal or cancellation happened")
    @Nullable
    Date getLastErrorTime();

    /**
     * Objects in the last capture.
     *
     * @return the number, or null before the first report
     */
    @Described("Objects in the last capture")
    @Nullable
    Long getTotalObjects();

    /**
     * Bytes in the last capture.
     *
     * @return sum of the shallow sizes, or null before the first report
     */
    @Described("Sum of the shallow sizes of all objects in the last capture, in bytes")
    @Nullable
    Long getTotalBytes();

    /**
     * Bytes that the GC roots reach.
     *
     * @return bytes; null where the analysis did not walk and before the first report
     */
    @Described("Bytes that the GC roots reach over strong references; null where the analysis did not walk")
    @Nullable
    Long getReachableBytes();

    /**
     * Bytes held only by weak, soft, phantom or final references.
     *
     * @return bytes; null where the analysis did not walk and before the first report
     */
    @Described("Bytes that only weak, soft, phantom or final references hold; null where the analysis did not walk")
    @Nullable
    Long getWeaklyHeldBytes();

    /**
     * Bytes that nothing reaches.
     *
     * @return bytes; null where the analysis did not walk and before the first report
     */
    @Described(
            "Bytes that nothing reaches in the dump: garbage, or held where the dump format does not look; null where"
                    + " the analysis did not walk")
    @Nullable
    Long getNotReachedBytes();

    /**
     * The largest types of the last report.
     *
     * @return rows by type name, in the order of bytes descending, which {@code rank} tells as well; a last row {@code (other)} holds the rest
     */
    @Described("The largest types by bytes, rank 1 is the largest; the row (other) holds all the rest")
    Map<String, TypeRow> getTopTypes();

    /**
     * The configured roots in the last report.
     *
     * @return rows by root name, in the order of owned bytes descending, roots without a size last
     */
    @Described("The configured roots with what they reach, what they own and what they retain, largest owned"
            + " size first")
    Map<String, RootRow> getRoots();

    /**
     * Types that grow clearly and by much over the captures before, the likeliest first.
     *
     * @return type → row; empty before there are enough captures
     */
    @Described("Types that grow clearly and by much over the captures before, the likeliest leak first")
    Map<String, GrowthRow> getGrowth();

    /**
     * The single objects that retain most in the last report.
     *
     * @return rows by the object's address in that capture, in the order of retained bytes descending, which {@code rank}
     *     tells as well; empty where the analysis did not go that far and before the first report
     */
    @Described(
            "The single objects that retain most, by their address in the last capture; one may retain another, so they"
                    + " do not add up; empty where the analysis did not go that far")
    Map<String, RetainerRow> getTopRetainers();
}
