/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns what went wrong into one line and an exit code; only a fault of our own shows a stack trace. */
final class Failures {
    private Failures() {}

    static int report(Exception problem, PrintStream err) {
        if (problem instanceof IOException failure) {
            err.println("heapgauge: " + message(failure));
            return Main.FAILED;
        }
        if (problem instanceof UncheckedIOException failure) {
            err.println("heapgauge: " + failure.getMessage() + ": " + message(failure.getCause()));
            return Main.FAILED;
        }
        if (problem instanceof AnalysisCancelledException) {
            err.println("heapgauge: " + problem.getMessage());
            return Main.FAILED;
        }
        err.println("heapgauge: a fault in heapgauge itself, please report it with these lines:");
        problem.printStackTrace(err);
        return Main.FAULT;
    }

    private static String message(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": " + other.getReason();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
