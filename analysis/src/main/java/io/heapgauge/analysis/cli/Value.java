/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What the user gave for an option or a parameter. Known once the command runs.
 *
 * @param argument the option or parameter
 * @param <T> what its text is turned into; nullable where it need not be given
 */
record Value<T extends @Nullable Object>(ArgSpec argument) {
    T get() {
        return argument.getValue();
    }
}
