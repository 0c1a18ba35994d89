/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The field {@code growth} of a report. */
final class GrowthJson {
    private GrowthJson() {}

    static void write(JsonGenerator json, @Nullable Growth growth) {
        if (growth == null) {
            json.writeNullProperty("growth");
            return;
        }
        json.writeObjectPropertyStart("growth");
        json.writeStringProperty("since", growth.since().toString());
        json.writeNumberProperty("captures", growth.captures());
        trends(json, "types", growth.types());
        trends(json, "roots", growth.roots());
        json.writeArrayPropertyStart("suspects");
        for (Suspect suspect : growth.suspects()) {
            json.writeStartObject();
            trend(json, suspect.trend());
            if (suspect.paths() == null) {
                json.writeNullProperty("paths");
            } else {
                json.writeObjectPropertyStart("paths");
                InspectionJson.fields(json, suspect.paths());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("baselineAt", growth.baselineAt().toString());
        json.writeArrayPropertyStart("sinceBaseline");
        for (TypeChange change : growth.sinceBaseline()) {
            json.writeStartObject();
            json.writeStringProperty("type", change.type());
            size(json, "before", change.before());
            size(json, "after", change.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void trends(JsonGenerator json, String name, List<Trend> trends) {
        json.writeArrayPropertyStart(name);
        for (Trend trend : trends) {
            json.writeStartObject();
            trend(json, trend);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void trend(JsonGenerator json, Trend trend) {
        json.writeStringProperty("name", trend.name());
        json.writeNumberProperty("bytes", trend.bytes());
        json.writeNumberProperty("grownBytes", trend.grownBytes());
        json.writeNumberProperty("bytesPerHour", trend.bytesPerHour());
        json.writeNumberProperty("certainty", trend.certainty());
    }

    private static void size(JsonGenerator json, String name, Size size) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("objects", size.objects());
        json.writeNumberProperty("bytes", size.bytes());
        json.writeEndObject();
    }

    static @Nullable Growth read(@Nullable JsonFields growth) throws IOException {
        if (growth == null) {
            return null;
        }
        List<Suspect> suspects = new ArrayList<>();
        for (JsonFields suspect : growth.objects("suspects")) {
            JsonFields paths = suspect.objectOrNull("paths");
            suspects.add(new Suspect(trend(suspect), paths == null ? null : paths(paths)));
        }
        List<TypeChange> changes = new ArrayList<>();
        for (JsonFields change : growth.objects("sinceBaseline")) {
            changes.add(new TypeChange(
                    change.text("type"),
                    ReportJsonReader.objectsAndBytes(change.object("before")),
                    ReportJsonReader.objectsAndBytes(change.object("after"))));
        }
        return new Growth(
                growth.instant("since"),
                growth.smallNumber("captures"),
                trends(growth.objects("types")),
                trends(growth.objects("roots")),
                suspects,
                growth.instant("baselineAt"),
                changes);
    }

    private static List<Trend> trends(List<JsonFields> rows) throws IOException {
        List<Trend> trends = new ArrayList<>();
        for (JsonFields row : rows) {
            trends.add(trend(row));
        }
        return trends;
    }

    private static Trend trend(JsonFields trend) throws IOException {
        return new Trend(
                trend.text("name"),
                trend.number("bytes"),
                trend.number("grownBytes"),
                trend.number("bytesPerHour"),
                trend.fraction("certainty"));
    }

    private static MergedPaths paths(JsonFields paths) throws IOException {
        List<MergedPaths.Path> all = new ArrayList<>();
        for (JsonFields path : paths.objects("paths")) {
            List<MergedPaths.Step> steps = new ArrayList<>();
            for (JsonFields step : path.objects("path")) {
                steps.add(new MergedPaths.Step(step.text("type"), step.flag("repeated")));
            }
            all.add(new MergedPaths.Path(
                    ReportJsonReader.objectsAndBytes(path),
                    ReportJsonReader.id(path.text("example")),
                    path.text("root"),
                    steps));
        }
        return new MergedPaths(
                paths.text("type"),
                ReportJsonReader.objectsAndBytes(paths),
                ReportJsonReader.objectsAndBytes(paths.object("reached")),
                paths.smallNumber("pathCount"),
                all);
    }
}
