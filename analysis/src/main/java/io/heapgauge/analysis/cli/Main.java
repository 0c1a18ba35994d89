/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command {@code heapgauge}. */
public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int FAULT = 3;

    /** The one command that needs to know all the others. */
    private static final String COMPLETION = "completion";

    /** In the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "types",
            "roots",
            "retained",
            "path",
            "all",
            "object",
            "parents",
            "children",
            "owned",
            "dominators",
            "threads",
            "strings",
            "export",
            "diff",
            "duplicates",
            "collections",
            "redact",
            "report",
            COMPLETION);

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
        CommandLine line = new CommandLine(heapgauge().build());
        boolean named = args.length > 0 && COMMANDS.contains(args[0]) && !args[0].equals(COMPLETION);
        for (String name : COMMANDS) {
            // working out what a command takes costs start-up time, so where one is named only that one does
            if (!named || name.equals(args[0])) {
                line.addSubcommand(command(name, terminal).syntax.build());
            }
        }
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

    private static Syntax heapgauge() {
        Syntax syntax = new Syntax(null, "heapgauge");
        syntax.description("Says what fills the heap in a Java heap dump, and who owns it.");
        syntax.footer("Examples", """
                  heapgauge types service.hprof
                  heapgauge types service.hprof.gz --top 5 --json
                  heapgauge roots service.hprof --root sessions=static:com.acme.Sessions#ALL
                  heapgauge retained service.hprof --top 10
                  heapgauge path service.hprof 0x7f00a0
                  heapgauge all service.hprof com.acme.Session --top 5
                  heapgauge object service.hprof 0x7f00a0
                  heapgauge owned service.hprof 0x7f00a0 --exclude class:com.acme.Catalog
                  heapgauge diff yesterday.hprof today.hprof
                  heapgauge duplicates service.hprof
                  heapgauge collections service.hprof
                  heapgauge redact service.hprof redacted.hprof

                Dumps are hprof files of any JVM, or exports as JSON lines, Meliae's too, plain or gzip.
                Exit codes: 0 done, 1 the dump cannot be read or analysed, 2 wrong usage,
                3 a fault in heapgauge itself.
                See 'heapgauge COMMAND --help' for one command.
                """);
        return syntax;
    }

    // a switch rather than a map of lambdas, each of which would be linked at every start
    private static Subcommand command(String name, Terminal terminal) {
        return switch (name) {
            case "types" -> new TypesCommand(terminal);
            case "roots" -> new RootsCommand(terminal);
            case "retained" -> new RetainedCommand(terminal);
            case "path" -> new PathCommand(terminal);
            case "all" -> new AllCommand(terminal);
            case "object" -> new ObjectCommand(terminal);
            case "parents" -> new ParentsCommand(terminal);
            case "children" -> new ChildrenCommand(terminal);
            case "owned" -> new OwnedCommand(terminal);
            case "dominators" -> new DominatorsCommand(terminal);
            case "threads" -> new ThreadsCommand(terminal);
            case "strings" -> new StringsCommand(terminal);
            case "export" -> new ExportCommand(terminal);
            case "diff" -> new DiffCommand(terminal);
            case "duplicates" -> new DuplicatesCommand(terminal);
            case "collections" -> new CollectionsCommand(terminal);
            case "redact" -> new RedactCommand(terminal);
            case "report" -> new ReportCommand(terminal);
            case COMPLETION -> new CompletionCommand(terminal);
            default -> throw new IllegalArgumentException(name);
        };
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
