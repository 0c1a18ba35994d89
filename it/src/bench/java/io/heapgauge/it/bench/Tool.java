/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that does one job on one dump and prints the answer.
 *
 * @param name for the table
 * @param job what it does
 * @param isOurs whether it is ours, which may not fail, or a peer's
 * @param heapMegabytes what it is given when it is measured
 * @param program what follows the JVM's options and comes before the dump
 * @param options what comes behind the dump
 */
record Tool(String name, Job job, boolean isOurs, int heapMegabytes, List<String> program, List<String> options) {

    /** Ours from the command line jar, with the smallest heap that its documentation names. */
    static Tool ours(String name, Job job, Path cli, String... options) {
        return new Tool(
                name,
                job,
                true,
                job == Job.TYPES ? 32 : 64,
                List.of("-XX:+UseSerialGC", "-jar", cli.toString(), job.toString()),
                List.of(options));
    }

    /** A program of this package over a peer's library, with all the heap it may want. */
    static Tool peer(String name, Job job, int heapMegabytes, Class<?> program) {
        return new Tool(
                name,
                job,
                false,
                heapMegabytes,
                List.of("-cp", System.getProperty("java.class.path"), program.getName()),
                List.of());
    }

    /** The command that runs it with this heap; it shall write nowhere but beside the dump. */
    List<String> command(BenchDump dump, int megabytes) {
        List<String> command = new ArrayList<>();
        command.add(BenchDump.java());
        command.add("-Xmx" + megabytes + "m");
        command.add("-Djava.io.tmpdir=" + dump.directory());
        command.addAll(program);
        command.add(dump.file().toString());
        command.addAll(options);
        return command;
    }
}
