/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import org.jspecify.annotations.Nullable;

/**
 * A number from 1 that the user may give.
 *
 * @param syntax of the command that takes it
 * @param name of the option
 * @param most the largest number allowed
 * @param given the number, if there is one
 */
record Count(Syntax syntax, String name, int most, Value<@Nullable Integer> given) {
    /** The number, or another one if none was given. */
    int orElse(int other) {
        Integer number = given.get();
        if (number != null && (number < 1 || number > most)) {
            String limit = most == Integer.MAX_VALUE ? "" : " to " + most;
            throw syntax.wrong(name + " " + number + ": expected a number from 1" + limit);
        }
        return number == null ? other : number;
    }
}
