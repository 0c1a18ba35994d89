/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.InspectionJson;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.MergedPaths;
import io.heapgauge.analysis.report.RootPath;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heapgauge path}: why an object is still there. */
@Command(
        name = "path",
        customSynopsis = "heapgauge path DUMP ID|class:NAME [--top N] [--json]",
        description = {
            "Says why an object is still there: a shortest path over strong references from a GC root.",
            "Weak, soft, phantom and final references hold nothing here."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge path service.hprof 0x7f00a0",
            "  heapgauge path service.hprof class:com.acme.Session",
            "  heapgauge path service.hprof 0x7f00a0 --json | jq '.path[].type'",
            "",
            "'heapgauge retained service.hprof' prints ids of the objects worth a look.",
            "Each line names the field or array element of the object before by which it is held.",
            "An id that the dump does not have ends with code 1; an object that is not reached",
            "is an answer, code 0.",
            "",
            "Scratch files go to the directory -Djava.io.tmpdir names and are deleted again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class PathCommand implements Callable<Integer> {
    private static final String CLASS = "class:";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DumpFile dump = new DumpFile();

    @Parameters(
            index = "1",
            paramLabel = "ID",
            description = "The object's id, as 'heapgauge retained' prints it: hexadecimal with 0x, or decimal."
                    + " Or class:NAME for all instances of a class, their paths merged by class.")
    private String id = "";

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "With class:NAME print the N paths that most instances have, 10 if not given.")
    private int top = 10;

    @Option(
            names = "--json",
            description = "Print JSON: {id, type, shallow, reached, root, path: [{id, type, via}]}; with class:NAME"
                    + " {type, objects, bytes, reached, pathCount, paths: [{objects, bytes, example, root, path}]}.")
    private boolean json;

    PathCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top " + top + ": expected a number from 1");
        }
        return id.startsWith(CLASS) ? ofClass(id.substring(CLASS.length())) : ofObject();
    }

    private int ofClass(String name) throws IOException {
        Optional<MergedPaths> paths = dump.inspect(terminal, heap -> heap.pathsTo(name, top));
        if (paths.isEmpty()) {
            terminal.err().println("heapgauge: no instance in the dump is exactly of the class '" + name + "'");
            return Main.FAILED;
        }
        return terminal.answer(
                json, out -> InspectionJson.write(paths.get(), out), () -> InspectionText.render(paths.get()));
    }

    private int ofObject() throws IOException {
        long wanted = parsed();
        Optional<RootPath> path = dump.inspect(terminal, heap -> heap.pathTo(wanted));
        if (path.isEmpty()) {
            terminal.err().println("heapgauge: no object in the dump has the id 0x" + Long.toHexString(wanted));
            return Main.FAILED;
        }
        return terminal.answer(
                json, out -> InspectionJson.write(path.get(), out), () -> InspectionText.render(path.get()));
    }

    private long parsed() {
        try {
            return Address.parse(id);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "ID " + e.getMessage() + ", or class:NAME", e);
        }
    }
}
