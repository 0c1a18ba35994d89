/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads {@code [NAME=]ROOT} and {@code [NAME=]EXCLUSION}; a name has no colon, a thread's name may have {@code =}. */
final class RootArguments {
    private static final Pattern NAMED = Pattern.compile("([^:=]+)=(.*)", Pattern.DOTALL);

    private RootArguments() {}

    private record Argument(@Nullable String name, String text) {
        static Argument of(String argument) {
            Matcher named = NAMED.matcher(argument);
            return named.matches() ? new Argument(named.group(1), named.group(2)) : new Argument(null, argument);
        }
    }

    /**
     * Puts names, roots and exclusions together.
     *
     * @throws IllegalArgumentException if one of them is not understood, a name occurs twice or is not that of a root
     */
    static List<RootDefinition> parse(List<String> roots, List<String> exclusions) {
        Map<String, RootSpec> specs = new LinkedHashMap<>();
        Map<String, List<Exclusion>> excluded = new LinkedHashMap<>();
        for (String root : roots) {
            Argument argument = Argument.of(root);
            RootSpec spec = RootSpec.parse(argument.text);
            String name = argument.name == null ? spec.toString() : argument.name;
            if (specs.putIfAbsent(name, spec) != null) {
                throw new IllegalArgumentException("two roots are called '" + name + "'");
            }
            excluded.put(name, new ArrayList<>());
        }
        for (String text : exclusions) {
            Argument argument = Argument.of(text);
            Exclusion exclusion = Exclusion.parse(argument.text);
            if (exclusion instanceof Exclusion.OfRoot other) {
                checkKnown(other.rootName(), text, excluded);
            }
            if (argument.name == null) {
                excluded.forEach((name, all) -> addUnlessItself(name, exclusion, all));
            } else {
                checkKnown(argument.name, text, excluded);
                excluded.get(argument.name).add(exclusion);
            }
        }
        List<RootDefinition> definitions = new ArrayList<>();
        specs.forEach((name, spec) -> definitions.add(new RootDefinition(name, spec, excluded.get(name))));
        return definitions;
    }

    private static void addUnlessItself(String name, Exclusion exclusion, List<Exclusion> all) {
        if (!exclusion.equals(new Exclusion.OfRoot(name))) {
            all.add(exclusion);
        }
    }

    private static void checkKnown(String name, String exclusion, Map<String, List<Exclusion>> known) {
        if (!known.containsKey(name)) {
            throw new IllegalArgumentException("exclusion '" + exclusion + "': no root is called '" + name
                    + "'; there are " + String.join(", ", known.keySet()));
        }
    }

    /**
     * Takes the argument after the option, and those behind it as long as they are of the same kind: so the dump may
     * stand before and behind {@code --root A B}.
     */
    static final class OneOrMore implements IParameterConsumer {
        private final Pattern kind;

        /** @param kinds what stands before the colon, with | between them */
        OneOrMore(String kinds) {
            kind = Pattern.compile("([^:=]+=)?(" + kinds + "):.+", Pattern.DOTALL);
        }

        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            if (arguments.isEmpty()) {
                throw new ParameterException(
                        command.commandLine(), "missing: " + option.paramLabel() + " after an option that needs it");
            }
            List<String> values = option.getValue();
            values.add(arguments.pop());
            while (!arguments.isEmpty() && kind.matcher(arguments.peek()).matches()) {
                values.add(arguments.pop());
            }
        }
    }
}
