/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.StringJoiner;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of this package, each in a JVM of its own, and writes their table. */
public final class KernelBench {
    private KernelBench() {}

    /**
     * Runs them all.
     *
     * @param report the Markdown file to write
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the report cannot be written
     */
    public static void run(Path report) throws RunnerException, IOException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(KernelBench.class.getPackageName().replace(".", "\\.") + "\\.")
                        .shouldFailOnError(true)
                        .shouldDoGC(true)
                        .build())
                .run();
        String table = table(results);
        System.out.print(table);
        Files.writeString(report, table);
    }

    private static String table(Collection<RunResult> results) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "Java %s, %d processors; %d objects, %d references; JMH, with half of the 99.9 %% confidence interval.%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                MadeHeap.OBJECTS,
                MadeHeap.REFERENCES));
        out.append("| kernel | parameters | ns | ± | samples |\n|---|---|---|---|---|\n");
        for (RunResult each : results) {
            Result<?> result = each.getPrimaryResult();
            String name = each.getParams().getBenchmark();
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f | %d |%n",
                    name.substring(KernelBench.class.getPackageName().length() + 1),
                    parameters(each.getParams()),
                    result.getScore(),
                    result.getScoreError(),
                    result.getSampleCount()));
        }
        return out.toString();
    }

    private static String parameters(BenchmarkParams params) {
        StringJoiner all = new StringJoiner(", ");
        for (String key : params.getParamsKeys()) {
            all.add(params.getParam(key).toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return all.toString();
    }
}
