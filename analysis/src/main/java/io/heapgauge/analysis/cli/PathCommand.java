/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.report.InspectionJson;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.MergedPaths;
import io.heapgauge.analysis.report.RootPath;
import java.io.IOException;
import java.util.Optional;

/** {@code heapgauge path}: why an object is still there. */
final class PathCommand extends Subcommand {
    private static final String CLASS = "class:";

    private final DumpFile dump = new DumpFile(syntax);
    private final Value<String> id = syntax.parameter(
            "ID",
            String.class,
            "The object's id, as 'heapgauge retained' prints it: hexadecimal with 0x, or decimal."
                    + " Or class:NAME for all instances of a class, their paths merged by class.");
    private final Count top =
            syntax.count("--top", "With class:NAME print the N paths that most instances have, 10 if not given.");
    private final Value<Boolean> json = syntax.flag(
            "--json",
            "Print JSON: {id, type, shallow, reached, root, path: [{id, type, via}]}; with class:NAME"
                    + " {type, objects, bytes, reached, pathCount, paths: [{objects, bytes, example, root, path}]}.");

    PathCommand(Terminal terminal) {
        super(terminal, "path");
        syntax.synopsis("heapgauge path DUMP ID|class:NAME [--top N] [--json]");
        syntax.description(
                "Says why an object is still there: a shortest path over strong references from a GC root.",
                "Weak, soft, phantom and final references hold nothing here.");
        syntax.footer("Examples", """
                  heapgauge path service.hprof 0x7f00a0
                  heapgauge path service.hprof class:com.acme.Session
                  heapgauge path service.hprof 0x7f00a0 --json | jq '.path[].type'

                'heapgauge retained service.hprof' prints ids of the objects worth a look.
                Each line names the field or array element of the object before by which it is held.
                An id that the dump does not have ends with code 1; an object that is not reached
                is an answer, code 0.

                Scratch files go to the directory -Djava.io.tmpdir names and are deleted again.
                """);
    }

    @Override
    public Integer call() throws IOException {
        int most = top.orElse(10);
        String wanted = id.get();
        return wanted.startsWith(CLASS) ? ofClass(wanted.substring(CLASS.length()), most) : ofObject(parsed(wanted));
    }

    private int ofClass(String name, int most) throws IOException {
        Optional<MergedPaths> paths = dump.inspect(terminal, heap -> heap.pathsTo(name, most));
        if (paths.isEmpty()) {
            terminal.err().println("heapgauge: no instance in the dump is exactly of the class '" + name + "'");
            return Main.FAILED;
        }
        return terminal.answer(
                json.get(), out -> InspectionJson.write(paths.get(), out), () -> InspectionText.render(paths.get()));
    }

    private int ofObject(long wanted) throws IOException {
        Optional<RootPath> path = dump.inspect(terminal, heap -> heap.pathTo(wanted));
        if (path.isEmpty()) {
            terminal.err().println("heapgauge: no object in the dump has the id 0x" + Long.toHexString(wanted));
            return Main.FAILED;
        }
        return terminal.answer(
                json.get(), out -> InspectionJson.write(path.get(), out), () -> InspectionText.render(path.get()));
    }

    private long parsed(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw syntax.wrong("ID " + e.getMessage() + ", or class:NAME");
        }
    }
}
