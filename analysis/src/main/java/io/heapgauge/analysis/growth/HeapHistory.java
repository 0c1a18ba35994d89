/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.growth;

import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Suspect;
import io.heapgauge.analysis.report.Trend;
import io.heapgauge.analysis.report.TypeChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The captures before, and what has grown over them. The slope of a series is the median of the slopes between all its points
 * (P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1968), which a few outliers do not
 * move; how sure the growth is says {@link KendallTest}. Immutable.
 *
 * @param points in the order of time
 * @param baseline what to compare with, null for the first point
 */
public record HeapHistory(List<HeapPoint> points, @Nullable HeapPoint baseline) {
    /** No captures before. */
    public static final HeapHistory NONE = new HeapHistory(List.of(), null);

    /** Less than so many captures give no suspects: by chance every 24th series of four rises all the time. */
    static final int LEAST_CAPTURES = 5;

    private static final double SURE = 0.98;
    /** Growth must be so many times what the captures are off the line, so that a tooth of a saw is none. */
    private static final double CLEAR_OF_SPREAD = 4;

    /** Growth of the application's own types that is worth a word, as a share of the heap. */
    private static final double SHARE_OF_HEAP = 0.000_5;
    /** The same for types that everybody uses: they come along with what really grows. */
    private static final double SHARE_OF_HEAP_JDK = 0.005;

    private static final double SHARE_OF_OWN_SIZE = 0.02;
    private static final long LEAST_GROWN_BYTES = 10_000;
    private static final int MOST_ROWS = 100;
    private static final int MOST_SUSPECTS = 10;
    private static final int MOST_SLOPES = 20_000;
    private static final double NANOS_PER_HOUR = Duration.ofHours(1).toNanos();
    private static final List<String> JDK =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "kotlin.", "scala.", "groovy.lang.");

    /**
     * Keeps an immutable copy.
     *
     * @param points in the order of time
     * @param baseline what to compare with
     */
    public HeapHistory {
        points = List.copyOf(points);
    }

    /**
     * What has grown up to a new capture. Cost: that of the types times the square of the points.
     *
     * @param report what is known of the capture
     * @return the growth, without paths
     */
    public Growth upTo(HeapReport report) {
        HeapPoint now = HeapPoint.of(report);
        List<HeapPoint> series = new ArrayList<>(points);
        series.removeIf(point -> !point.at().isBefore(now.at()));
        series.add(now);
        List<Line> types = lines(series, HeapPoint::types);
        HeapPoint base = baseline == null ? series.get(0) : baseline;
        return new Growth(
                series.get(0).at(),
                series.size(),
                cut(trends(types)),
                trends(lines(series, HeapPoint::roots)),
                suspects(types, series),
                base.at(),
                cut(changes(base, now)));
    }

    private static <T> List<T> cut(List<T> rows) {
        return rows.subList(0, Math.min(MOST_ROWS, rows.size()));
    }

    /** A trend, and how far the captures are off it: half of them no farther. */
    private record Line(Trend trend, double spreadBytes) {}

    private static List<Trend> trends(List<Line> lines) {
        return lines.stream().map(Line::trend).toList();
    }

    private static List<Line> lines(List<HeapPoint> series, Function<HeapPoint, Map<String, Size>> sizes) {
        if (series.size() < 2) {
            return List.of();
        }
        Instant first = series.get(0).at();
        double[] hours = series.stream()
                .mapToDouble(point -> Duration.between(first, point.at()).toNanos() / NANOS_PER_HOUR)
                .toArray();
        List<Line> lines = new ArrayList<>();
        for (String name : names(series, sizes)) {
            double[] bytes = series.stream()
                    .mapToDouble(point ->
                            sizes.apply(point).getOrDefault(name, Size.ZERO).bytes())
                    .toArray();
            double slope = slope(hours, bytes);
            Trend trend = new Trend(
                    name,
                    (long) bytes[bytes.length - 1],
                    Math.round(slope * hours[hours.length - 1]),
                    Math.round(slope),
                    KendallTest.certaintyOfRise(bytes));
            lines.add(new Line(trend, spread(hours, bytes, slope)));
        }
        lines.sort(Comparator.comparingLong((Line line) -> line.trend().grownBytes())
                .reversed()
                .thenComparing(line -> line.trend().name()));
        return lines;
    }

    private static double spread(double[] hours, double[] bytes, double slope) {
        double[] off = new double[hours.length];
        for (int i = 0; i < off.length; i++) {
            off[i] = bytes[i] - slope * hours[i];
        }
        double middle = median(off, off.length);
        for (int i = 0; i < off.length; i++) {
            off[i] = Math.abs(off[i] - middle);
        }
        return median(off, off.length);
    }

    private static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    }

    private static Collection<String> names(List<HeapPoint> series, Function<HeapPoint, Map<String, Size>> sizes) {
        return series.stream()
                .flatMap(point -> sizes.apply(point).keySet().stream())
                .distinct()
                .toList();
    }

    private static double slope(double[] hours, double[] bytes) {
        int n = hours.length;
        int step = Math.max(1, n * (n - 1) / 2 / MOST_SLOPES);
        double[] slopes = new double[n * (n - 1) / 2 / step + 1];
        int count = 0;
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++, pair++) {
                if (pair % step == 0 && hours[j] > hours[i]) {
                    slopes[count++] = (bytes[j] - bytes[i]) / (hours[j] - hours[i]);
                }
            }
        }
        return count == 0 ? 0 : median(slopes, count);
    }

    /** The application's own types first: strings and arrays grow along with whatever holds them. */
    private static List<Suspect> suspects(List<Line> types, List<HeapPoint> series) {
        if (series.size() < LEAST_CAPTURES) {
            return List.of();
        }
        long heapBytes = series.get(series.size() - 1).heapBytes();
        return types.stream()
                .filter(type -> isSuspect(type, heapBytes))
                .map(Line::trend)
                .sorted(Comparator.comparing((Trend type) -> isOfJdk(type.name()))
                        .thenComparing(
                                Comparator.comparingLong(Trend::grownBytes).reversed())
                        .thenComparing(Trend::name))
                .limit(MOST_SUSPECTS)
                .map(type -> new Suspect(type, null))
                .toList();
    }

    private static boolean isSuspect(Line line, long heapBytes) {
        Trend type = line.trend();
        double share = isOfJdk(type.name()) ? SHARE_OF_HEAP_JDK : SHARE_OF_HEAP;
        return !isOwn(type.name())
                && type.certainty() >= SURE
                && type.grownBytes() >= CLEAR_OF_SPREAD * line.spreadBytes()
                && type.grownBytes() >= LEAST_GROWN_BYTES
                && type.grownBytes() >= share * heapBytes
                && type.grownBytes() >= SHARE_OF_OWN_SIZE * type.bytes();
    }

    /** A history that is still filling grows too, up to its bound. */
    private static boolean isOwn(String type) {
        return type.startsWith("io.heapgauge.analysis.");
    }

    private static boolean isOfJdk(String type) {
        String element = type.replace("[]", "");
        return element.indexOf('.') < 0 && type.endsWith("[]") || JDK.stream().anyMatch(element::startsWith);
    }

    private static List<TypeChange> changes(HeapPoint base, HeapPoint now) {
        Map<String, Size> gone = new HashMap<>(base.types());
        List<TypeChange> changes = new ArrayList<>();
        now.types().forEach((type, size) -> {
            Size before = gone.remove(type);
            changes.add(new TypeChange(type, before == null ? Size.ZERO : before, size));
        });
        gone.forEach((type, before) -> changes.add(new TypeChange(type, before, Size.ZERO)));
        changes.removeIf(change -> change.deltaBytes() == 0 && change.deltaObjects() == 0);
        changes.sort(Comparator.comparingLong((TypeChange change) -> Math.abs(change.deltaBytes()))
                .reversed()
                .thenComparing(TypeChange::type));
        return changes;
    }
}
