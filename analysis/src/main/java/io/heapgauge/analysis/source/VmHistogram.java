/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects by class as a VM counts them. {@link #parse} reads the text of the diagnostic command {@code GC.class_histogram}:
 * rows of rank, instances, bytes and class, and a last line with the totals; a snapshot's answer has the same.
 *
 * @param types one type per row
 * @param tally objects and bytes of each; the VM tells the largest object of a type only where the type has one object
 * @param reached those that the GC roots reach, or null where nobody followed references
 * @param weaklyHeldObjects how many only the referents of weak, soft, phantom and final references lead to; 0 where {@code
 *     reached} is null
 * @param weaklyHeldBytes their bytes
 */
public record VmHistogram(
        List<HeapType> types,
        TypeTally tally,
        @Nullable TypeTally reached,
        long weaklyHeldObjects,
        long weaklyHeldBytes) {
    private static final Pattern ROW =
            Pattern.compile("\\s*\\d+:\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\S.*?)(?: \\([^()]*\\))?\\s*");
    private static final Pattern TOTAL = Pattern.compile("Total\\s+(\\d{1,18})\\s+(\\d{1,18})\\s*");

    /**
     * Keeps an immutable copy of the types.
     *
     * @param types one type per row
     * @param tally objects and bytes of each
     * @param reached those that the GC roots reach, or null
     * @param weaklyHeldObjects how many only referents lead to
     * @param weaklyHeldBytes their bytes
     */
    public VmHistogram {
        types = List.copyOf(types);
    }

    /** The VM's own count, which follows no references. */
    private VmHistogram(List<HeapType> types, TypeTally tally) {
        this(types, tally, null, 0, 0);
    }

    /**
     * A type of which nothing but its name is known.
     *
     * @param index position among the types
     * @param vmName its name in the form of the VM, with slashes
     * @return the type
     */
    public static HeapType counted(int index, String vmName) {
        String name = ClassNames.exact(vmName);
        return new HeapType(index, name, ClassNames.display(name), 0, -1, 0, List.of(), List.of());
    }

    /**
     * Reads the text. Cost: that of its length.
     *
     * @param text what the command gave
     * @return its rows
     * @throws IOException if there is no line of totals, or the rows do not add up to it
     */
    public static VmHistogram parse(String text) throws IOException {
        List<long[]> counts = new ArrayList<>();
        List<HeapType> types = new ArrayList<>();
        long[] totals = null;
        for (String line : text.split("\\R")) {
            Matcher row = ROW.matcher(line);
            Matcher total = TOTAL.matcher(line);
            if (row.matches()) {
                types.add(counted(types.size(), row.group(3).replace('.', '/')));
                counts.add(new long[] {Long.parseLong(row.group(1)), Long.parseLong(row.group(2))});
            } else if (total.matches()) {
                totals = new long[] {Long.parseLong(total.group(1)), Long.parseLong(total.group(2))};
            }
        }
        TypeTally tally = TypeTally.empty(types.size());
        for (int type = 0; type < types.size(); type++) {
            tally.objects()[type] = counts.get(type)[0];
            tally.bytes()[type] = counts.get(type)[1];
            tally.largest()[type] = counts.get(type)[0] == 1 ? counts.get(type)[1] : 0;
        }
        if (totals == null) {
            throw new IOException("the VM's class histogram has no line of totals: it starts with '"
                    + text.substring(0, Math.min(80, text.length())).strip() + "'");
        }
        if (tally.totalObjects() != totals[0] || tally.totalBytes() != totals[1]) {
            throw new IOException("the rows of the VM's class histogram add up to " + tally.totalObjects()
                    + " objects and " + tally.totalBytes() + " bytes; its totals are " + totals[0] + " and "
                    + totals[1]);
        }
        return new VmHistogram(types, tally);
    }
}
