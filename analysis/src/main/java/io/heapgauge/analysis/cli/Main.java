/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command {@code heapgauge}. */
@Command(
        name = "heapgauge",
        description = "Says what fills the heap in a Java heap dump, and who owns it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heapgauge types service.hprof",
            "  heapgauge types service.hprof.gz --top 5 --json",
            "  heapgauge roots service.hprof --root sessions=static:com.acme.Sessions#ALL",
            "  heapgauge retained service.hprof --top 10",
            "  heapgauge path service.hprof 0x7f00a0",
            "  heapgauge all service.hprof com.acme.Session --top 5",
            "  heapgauge object service.hprof 0x7f00a0",
            "  heapgauge owned service.hprof 0x7f00a0 --exclude class:com.acme.Catalog",
            "  heapgauge diff yesterday.hprof today.hprof",
            "  heapgauge duplicates service.hprof",
            "  heapgauge collections service.hprof",
            "  heapgauge redact service.hprof redacted.hprof",
            "",
            "Dumps are hprof files of any JVM, or exports as JSON lines, Meliae's too, plain or gzip.",
            "Exit codes: 0 done, 1 the dump cannot be read or analysed, 2 wrong usage,",
            "3 a fault in heapgauge itself.",
            "See 'heapgauge COMMAND --help' for one command."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int FAULT = 3;

    /** The one command that needs to know all the others. */
    private static final String COMPLETION = "completion";

    private Main() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param args command and options
     */
    public static void main(String[] args) {
        // a hundred classes fewer at the start: no option is a date, a time or of a database
        System.setProperty("picocli.converters.excludes", "java.time.*,java.sql.*");
        System.setProperty("picocli.disable.closures", "true");
        // not System.out: a PrintStream would hide a full disk
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.exit(run(new Terminal(out, System.err, Terminal.isErrorStreamATerminal()), args));
    }

    /**
     * Runs a command.
     *
     * @param terminal where its output goes
     * @param args command and options
     * @return the exit code
     */
    static int run(Terminal terminal, String... args) {
        CommandLine line = new CommandLine(new Main());
        Map<String, Supplier<Object>> commands = commands(terminal);
        boolean named = args.length > 0 && commands.containsKey(args[0]) && !args[0].equals(COMPLETION);
        commands.forEach((name, command) -> {
            // working out what a command takes costs start-up time, so where one is named only that one does
            if (!named || name.equals(args[0])) {
                line.addSubcommand(command.get());
            }
        });
        line.setOut(new PrintWriter(terminal.text(), true))
                .setErr(new PrintWriter(terminal.err(), true))
                .setUsageHelpAutoWidth(terminal.interactive())
                .setParameterExceptionHandler((problem, rejected) -> wrongUsage(terminal.err(), problem))
                .setExecutionExceptionHandler((problem, command, parsed) -> Failures.report(problem, terminal.err()));
        if (args.length == 0) {
            line.usage(line.getErr());
            return WRONG_USAGE;
        }
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            terminal.err().println("heapgauge: not enough memory for this dump: give java a larger -Xmx");
            return FAILED;
        }
    }

    private static Map<String, Supplier<Object>> commands(Terminal terminal) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("types", () -> new TypesCommand(terminal));
        commands.put("roots", () -> new RootsCommand(terminal));
        commands.put("retained", () -> new RetainedCommand(terminal));
        commands.put("path", () -> new PathCommand(terminal));
        commands.put("all", () -> new AllCommand(terminal));
        commands.put("object", () -> new ObjectCommand(terminal));
        commands.put("parents", () -> new ParentsCommand(terminal));
        commands.put("children", () -> new ChildrenCommand(terminal));
        commands.put("owned", () -> new OwnedCommand(terminal));
        commands.put("dominators", () -> new DominatorsCommand(terminal));
        commands.put("threads", () -> new ThreadsCommand(terminal));
        commands.put("strings", () -> new StringsCommand(terminal));
        commands.put("export", () -> new ExportCommand(terminal));
        commands.put("diff", () -> new DiffCommand(terminal));
        commands.put("duplicates", () -> new DuplicatesCommand(terminal));
        commands.put("collections", () -> new CollectionsCommand(terminal));
        commands.put("redact", () -> new RedactCommand(terminal));
        commands.put("report", () -> new ReportCommand(terminal));
        commands.put(COMPLETION, CompletionCommand::new);
        return commands;
    }

    private static int wrongUsage(PrintStream err, ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        err.println("heapgauge: " + problem.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr())) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return WRONG_USAGE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            String built = version == null ? "(development build)" : version;
            return new String[] {"heapgauge " + built + ", Java " + System.getProperty("java.version")};
        }
    }
}
