/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * A report as JSON in UTF-8, and back without loss. Stateless.
 *
 * <p>The object has the fields {@code schema} (this is 1; a reader refuses others), {@code capture}, {@code analysis},
 * {@code totals}, {@code types}, {@code typeCount} and {@code roots}, named as the components of the records, save that
 * a type's largest object is {@code largest} and the total of a walk lies flat as {@code objects} and {@code bytes}.
 * {@code native}, bytes outside of the heap, is there only where it is not 0. Enum values are their ids ({@code observed-gap}), instants are ISO-8601 in UTC, durations are nanoseconds, sizes are
 * bytes. What is not known is null. Readers must ignore fields they do not know: new ones come without a new schema.
 */
public final class ReportJson {
    /** The version of the format that is written. */
    public static final int SCHEMA = 1;

    private ReportJson() {}

    /**
     * Renders a report.
     *
     * @param report the report
     * @return one line of JSON
     */
    public static String toJson(HeapReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(report, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes a report.
     *
     * @param report the report
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(HeapReport report, OutputStream out) throws IOException {
        writing(out, writer -> writer.report(report));
    }

    /**
     * Writes only the types:
     * <code>{"objects":…,"bytes":…,"types":[{"type":…,"objects":…,"bytes":…,"largest":…}…]}</code>.
     *
     * @param report the report
     * @param top most rows; {@code objects} and {@code bytes} are of everything
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void writeTypes(HeapReport report, int top, OutputStream out) throws IOException {
        writing(out, writer -> writer.typesOnly(report, top));
    }

    /**
     * Writes only the totals and the configured roots, with the fields they have in the whole report:
     * <code>{"objects":…,"bytes":…,"roots":[{"name":…,"spec":…,"state":…,"reachable":{…},"owned":{…}}…]}</code>.
     *
     * @param report the report
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void writeRoots(HeapReport report, OutputStream out) throws IOException {
        writing(out, writer -> writer.rootsOnly(report));
    }

    /**
     * Writes only what has changed over the captures before: <code>{"growth":{…}}</code>, null where nobody kept them.
     *
     * @param report the report
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void writeGrowth(HeapReport report, OutputStream out) throws IOException {
        writing(out, writer -> writer.growthOnly(report));
    }

    /**
     * Writes how captures went and how big they found the heap:
     * <code>{"captures":[{"capture":{…},"heap":{"objects":…,"bytes":…}}…]}</code>.
     *
     * @param captures what is kept of them
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void writeCaptures(List<PastCapture> captures, OutputStream out) throws IOException {
        writing(out, writer -> writer.captures(captures));
    }

    /**
     * Reads a report.
     *
     * @param json what {@link #toJson} gave
     * @return a report equal to the one that was written
     * @throws IOException if it is no JSON, no report, or of another schema
     */
    public static HeapReport fromJson(String json) throws IOException {
        return read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads a report.
     *
     * @param in what {@link #write} wrote; left open
     * @return a report equal to the one that was written
     * @throws IOException if it cannot be read, is no JSON, no report, or of another schema
     */
    public static HeapReport read(InputStream in) throws IOException {
        try {
            return ReportJsonReader.read(in);
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException("no JSON: " + e.getMessage(), e);
        }
    }

    private interface Content {
        void writeTo(ReportJsonWriter writer);
    }

    private static void writing(OutputStream out, Content content) throws IOException {
        try (ReportJsonWriter writer = new ReportJsonWriter(out)) {
            content.writeTo(writer);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }
}
