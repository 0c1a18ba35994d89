/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A report as a page for a browser: one file that fetches nothing from elsewhere, with a map of what retains the heap, tables,
 * charts over the captures before, and as little of the heap's contents as the report itself: none. Its own policy of content
 * security lets nothing run but the page's two scripts, known by their hash.
 */
public final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final String CHARTS = resource("echarts.min.js");
    private static final String SCRIPT = resource("page.js");
    private static final String STYLE = resource("page.css");
    private static final String PAGE = resource("page.html");
    private static final String WAITING = resource("waiting.html");
    private static final String POLICY = "default-src 'none'; script-src 'sha256-" + sha256(CHARTS) + "' 'sha256-"
            + sha256(SCRIPT) + "'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none';"
            + " form-action 'none'";

    private ReportPage() {}

    /**
     * Writes the page.
     *
     * @param report the report
     * @param past the captures before and this one, the oldest first; may be empty
     * @param live where the page asks for the state of the gauge, relative to its own address; null for a page that stays as it
     *     is
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(HeapReport report, List<PastCapture> past, @Nullable String live, OutputStream out)
            throws IOException {
        write(report, report, past, live, out);
    }

    /**
     * The same of a report that knows no retained sizes, with the map of an earlier one that does.
     *
     * @param report the report
     * @param full whose retained sizes the map shows
     * @param past the captures before and this one, the oldest first; may be empty
     * @param live where the page asks for the state of the gauge, relative to its own address; null for a page that stays as it
     *     is
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(
            HeapReport report, HeapReport full, List<PastCapture> past, @Nullable String live, OutputStream out)
            throws IOException {
        Map<String, String> parts = Map.of(
                "policy", POLICY,
                "title",
                        "heapgauge "
                                + report.capture().gauge().replace("&", "&amp;").replace("<", "&lt;"),
                "style", STYLE,
                "charts", CHARTS,
                "script", SCRIPT,
                // in a script element only a < could end it, and in JSON there are none but in strings
                "data", PageJson.of(report, full, past, live).replace("<", "\\u003c"));
        Matcher place = PLACE.matcher(PAGE);
        int written = 0;
        while (place.find()) {
            write(PAGE.substring(written, place.start()), out);
            write(Objects.requireNonNull(parts.get(place.group(1)), place.group(1)), out);
            written = place.end();
        }
        write(PAGE.substring(written), out);
    }

    /**
     * A page to show while there is no report; it looks again every few seconds.
     *
     * @param gauge the gauge's name
     * @param why the reason for people to read
     * @return the page
     */
    public static String noReport(String gauge, String why) {
        return WAITING.replace("{{gauge}}", escaped(gauge)).replace("{{why}}", escaped(why));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream("page/" + name)) {
            return new String(
                    Objects.requireNonNull(in, "the library's jar lacks page/" + name)
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("page/" + name, e);
        }
    }

    private static String sha256(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
