/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a command takes and what its help says. Told to picocli in code: annotations, which it reads by reflection, would
 * cost a command that is over at once two thirds more time.
 */
final class Syntax {
    private final CommandSpec spec;

    /** @param command what to run, nothing for {@code heapgauge} itself */
    Syntax(@Nullable Callable<Integer> command, String name) {
        spec = CommandSpec.wrapWithoutInspection(command).name(name).versionProvider(new Main.Version());
    }

    /** How it is called. */
    void synopsis(String synopsis) {
        spec.usageMessage().customSynopsis(synopsis);
    }

    /** Paragraphs, of which the list of commands shows the first. */
    void description(String... paragraphs) {
        spec.usageMessage().description(paragraphs);
    }

    /** What follows the options in the help, line by line. */
    void footer(String heading, String lines) {
        spec.usageMessage().footerHeading("%n" + heading + ":%n").footer(lines.split("\n"));
    }

    /** An option without a value. */
    Value<Boolean> flag(String name, String description) {
        return add(option(name, description)
                .type(boolean.class)
                .initialValue(false)
                .build());
    }

    /** An option with a value. */
    <T> Value<@Nullable T> option(String name, String label, Class<T> type, String description) {
        return add(option(name, description).paramLabel(label).type(type).build());
    }

    /** An option with a number from 1. */
    Count count(String name, String description) {
        return count(name, Integer.MAX_VALUE, description);
    }

    /** The same up to a limit. */
    Count count(String name, int most, String description) {
        return new Count(this, name, most, option(name, "N", Integer.class, description));
    }

    /** An option that can be given several times. */
    Value<List<String>> repeatable(String name, String label, String description) {
        return add(list(name, label, description).build());
    }

    /** The same where one option takes several values, as many as the consumer says. */
    Value<List<String>> repeatable(String name, String label, IParameterConsumer consumer, String description) {
        return add(list(name, label, description)
                .arity("1..*")
                .parameterConsumer(consumer)
                .build());
    }

    /** The next parameter. */
    <T> Value<T> parameter(String label, Class<T> type, String description) {
        return add(parameter(label, description).type(type).required(true).build());
    }

    /** The last parameter, which need not be given. */
    <T> Value<@Nullable T> optionalParameter(String label, Class<T> type, String description) {
        return add(parameter(label, description).type(type).arity("0..1").build());
    }

    /** What picocli runs. Ends it all with the options for help and version, so it is called once. */
    CommandSpec build() {
        return spec.addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }

    /** The command line that this is part of. */
    CommandLine commandLine() {
        return spec.commandLine();
    }

    /** Wrong usage, in words for the user. */
    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Wrong usage, in the words of what did not understand it. */
    ParameterException wrong(IllegalArgumentException problem) {
        return new ParameterException(spec.commandLine(), String.valueOf(problem.getMessage()), problem);
    }

    private static OptionSpec.Builder option(String name, String description) {
        return OptionSpec.builder(name).description(description);
    }

    private static OptionSpec.Builder list(String name, String label, String description) {
        return option(name, description).paramLabel(label).type(List.class).initialValue(new ArrayList<String>());
    }

    private PositionalParamSpec.Builder parameter(String label, String description) {
        String index = String.valueOf(spec.positionalParameters().size());
        return PositionalParamSpec.builder().index(index).paramLabel(label).description(description);
    }

    private <T extends @Nullable Object> Value<T> add(ArgSpec argument) {
        spec.add(argument);
        return new Value<>(argument);
    }
}
