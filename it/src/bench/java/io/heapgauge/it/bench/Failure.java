/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a run gave no answer, in a few words. */
final class Failure {
    private static final Pattern THROWN = Pattern.compile("\\b(\\w+(?:Error|Exception))\\b");

    private Failure() {}

    /** What went wrong, null where nothing did. */
    static @Nullable String of(Job job, MeasuredProcess run) {
        return switch (run.end()) {
            case KILLED -> String.format(Locale.ROOT, "did not finish (> %.1f min)", run.wallSeconds() / 60);
            case BADLY -> String.format(Locale.ROOT, "%s after %.0f s", reason(run.output()), run.wallSeconds());
            case WELL -> answerMissing(job, run);
        };
    }

    private static String reason(String output) {
        Matcher thrown = THROWN.matcher(output);
        String last = "crash";
        while (thrown.find()) {
            last = thrown.group(1);
        }
        return last;
    }

    private static @Nullable String answerMissing(Job job, MeasuredProcess run) {
        try {
            job.parse(run.output());
            return null;
        } catch (IllegalArgumentException e) {
            return "no answer";
        }
    }
}
