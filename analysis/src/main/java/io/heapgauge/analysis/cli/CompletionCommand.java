/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code heapgauge completion}: a script that completes commands and options in bash and zsh. */
final class CompletionCommand extends Subcommand {
    CompletionCommand(Terminal terminal) {
        super(terminal, "completion");
        syntax.synopsis("heapgauge completion");
        syntax.description("Prints a script that completes commands and options in bash and zsh.");
        syntax.footer("Examples", """
                  source <(heapgauge completion)
                """);
    }

    @Override
    public Integer call() {
        CommandLine line = syntax.commandLine();
        line.getOut().print(AutoComplete.bash("heapgauge", line.getParent()));
        line.getOut().flush();
        return Main.DONE;
    }
}
