/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ours beside its peers: a class histogram and all retained sizes, of made dumps, a process for each run. The table is
 * written anew after each job. Linux only. See docs/benchmarks.md for the properties.
 */
final class PeersBench {
    private static final String CLI = System.getProperty("bench.cli", "");
    private static final Path REPORT = Path.of(System.getProperty("bench.report", "peers.md"));
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final double CAP_MINUTES = Double.parseDouble(System.getProperty("bench.capMinutes", "15"));
    private static final int PEER_HEAP_MEGABYTES = Integer.getInteger("bench.peerHeapMegabytes", 12_000);
    /** Above 1 there is a row of ours with as many threads. */
    private static final int THREADS = Integer.getInteger("bench.threads", 1);

    private final Budgets budgets = new Budgets(Duration.ofSeconds(Math.round(CAP_MINUTES * 60)));
    private final RunTable table = new RunTable(ROUNDS, CAP_MINUTES);

    private PeersBench() {}

    /** Runs it. */
    static void run() throws IOException, InterruptedException {
        PeersBench bench = new PeersBench();
        for (double gigabytes : sizes("bench.unchainedSizes")) {
            bench.measure(gigabytes, false);
        }
        for (double gigabytes : sizes("bench.sizes")) {
            bench.measure(gigabytes, true);
        }
        System.out.print(bench.table);
    }

    /** Gigabytes, ascending. */
    private static double[] sizes(String property) {
        return Arrays.stream(System.getProperty(property, "").split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
    }

    private void measure(double gigabytes, boolean chained) throws IOException, InterruptedException {
        try (BenchDump dump = BenchDump.make(gigabytes, chained)) {
            for (Job job : Job.values()) {
                measure(dump, job);
            }
        }
    }

    private void measure(BenchDump dump, Job job) throws IOException, InterruptedException {
        List<Row> rows = new Contest(dump, budgets, tools(job)).run(ROUNDS);
        table.add(dump.label(), rows);
        Files.writeString(REPORT, table.toString());
        Answer ours = rows.get(0).answer();
        for (Row row : rows) {
            Answer answer = row.answer();
            if (ours != null && answer != null && answer.contradicts(ours)) {
                throw new IOException(row.tool().name() + " found " + answer + ", ours found " + ours);
            }
        }
    }

    private static List<Tool> tools(Job job) {
        List<Tool> tools = new ArrayList<>();
        String[] options = job == Job.TYPES
                ? new String[] {"--json"}
                : new String[] {"--json", "--top", Integer.toString(Retainers.OUR_TOP)};
        tools.add(Tool.ours("heapgauge", job, Path.of(CLI), options));
        if (THREADS > 1) {
            String[] parallel = Arrays.copyOf(options, options.length + 2);
            parallel[options.length] = "--threads";
            parallel[options.length + 1] = Integer.toString(THREADS);
            tools.add(Tool.ours("heapgauge, " + THREADS + " threads", job, Path.of(CLI), parallel));
        }
        if (job == Job.TYPES) {
            tools.add(peer("Shark, streaming reader", job, SharkStreamTypes.class));
            tools.add(peer("Shark, graph", job, SharkGraphTypes.class));
            tools.add(peer("NetBeans library", job, NetBeansTypes.class));
            tools.add(peer("JOL", job, JolTypes.class));
        } else {
            tools.add(peer("Shark, dominators", job, SharkRetained.class));
            tools.add(peer("NetBeans library", job, NetBeansRetained.class));
        }
        return tools;
    }

    private static Tool peer(String name, Job job, Class<?> program) {
        return Tool.peer(name, job, PEER_HEAP_MEGABYTES, program);
    }
}
