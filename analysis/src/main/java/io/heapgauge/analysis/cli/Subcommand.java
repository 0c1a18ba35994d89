/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import java.util.concurrent.Callable;

/** What all commands have in common. */
abstract class Subcommand implements Callable<Integer> {
    private static final int TEXT_ROWS = 20;

    final Terminal terminal;
    final Syntax syntax;

    Subcommand(Terminal terminal, String name) {
        this.terminal = terminal;
        syntax = new Syntax(this, name);
    }

    /** Rows to print: as many as asked for, otherwise 20 of a text and all of JSON. */
    static int rows(Count top, boolean json) {
        return top.orElse(json ? Integer.MAX_VALUE : TEXT_ROWS);
    }
}
