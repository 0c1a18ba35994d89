/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.snapshot;

import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.measure.ClassHistogram;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.WhyNoSize;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.snapshot.MeasuresMessage.Walked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the process of a snapshot measured of the configured roots into summaries. */
public final class SnapshotRoots {
    private final MeasuresMessage.Content content;
    private final int maxTypes;
    /** Used for one walk after the other: with many classes and roots a tally for each would weigh. */
    private final TypeTally tally;

    private SnapshotRoots(MeasuresMessage.Content content, int maxTypes) {
        this.content = content;
        this.maxTypes = maxTypes;
        tally = TypeTally.empty(content.types().types().size());
    }

    /**
     * Makes the summaries. Cost: that of the classes that the roots reach.
     *
     * @param content what a message says
     * @param definitions the roots that were measured, in the same order
     * @param maxTypes most type rows per root and measure
     * @return a summary for each
     * @throws IOException if the message tells of other roots
     */
    public static List<RootSummary> of(MeasuresMessage.Content content, List<RootDefinition> definitions, int maxTypes)
            throws IOException {
        return new SnapshotRoots(content, maxTypes).summaries(definitions);
    }

    private List<RootSummary> summaries(List<RootDefinition> definitions) throws IOException {
        if (definitions.size() != content.roots().size()) {
            throw new IOException("the snapshot's answer tells of "
                    + content.roots().size() + " roots, asked for were " + definitions.size());
        }
        List<RootSummary> summaries = new ArrayList<>();
        for (int i = 0; i < definitions.size(); i++) {
            summaries.add(summary(definitions.get(i), content.roots().get(i)));
        }
        return summaries;
    }

    private RootSummary summary(RootDefinition definition, MeasuresMessage.Root root) throws IOException {
        OwnershipSummary reachable = summary(root.reachable());
        return new RootSummary(
                definition.name(),
                definition.spec().toString(),
                root.state(),
                root.state() == RootState.MEASURED ? null : why(definition, root.detail()),
                root.starts(),
                reachable,
                root.owned() == root.reachable() ? reachable : summary(root.owned()),
                root.retained());
    }

    private static String why(RootDefinition definition, int detail) throws IOException {
        WhyNoSize[] reasons = WhyNoSize.values();
        if (detail >= reasons.length) {
            throw new IOException(
                    "the snapshot's answer gives the unknown reason " + detail + " for a root without a size");
        }
        return reasons[detail].of(definition.spec());
    }

    private @Nullable OwnershipSummary summary(@Nullable Walked walked) {
        if (walked == null) {
            return null;
        }
        for (int row = 0; row < walked.type().length; row++) {
            tally.addAll(walked.type()[row], walked.objects()[row], walked.bytes()[row], walked.largest()[row]);
        }
        ClassHistogram histogram = ClassHistogram.of(content.types().types(), tally, null);
        for (int type : walked.type()) {
            tally.objects()[type] = 0;
            tally.bytes()[type] = 0;
            tally.largest()[type] = 0;
        }
        return new OwnershipSummary(
                walked.total(),
                histogram.top(maxTypes),
                walked.isWhole() ? histogram.rows().size() : walked.classes());
    }
}
