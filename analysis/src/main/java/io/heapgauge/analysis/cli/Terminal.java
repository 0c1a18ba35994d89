/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command writes.
 *
 * @param out standard output, bytes; failures to write show
 * @param err standard error
 * @param interactive whether somebody watches standard error
 */
record Terminal(OutputStream out, PrintStream err, boolean interactive) {
    private static final Path ERROR_STREAM = Path.of("/proc/self/fd/2");

    /** Something that is written to standard output. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Standard output as text in the terminal's own encoding. */
    Writer text() {
        return new OutputStreamWriter(out, encoding());
    }

    void print(String text) throws IOException {
        print(to -> to.write(text.getBytes(encoding())));
    }

    /** Writes; a reader that has seen enough, as {@code head} does, is no failure. */
    void print(Content content) throws IOException {
        try {
            content.writeTo(out);
            out.flush();
        } catch (IOException e) {
            if (!isClosedPipe(e)) {
                throw new IOException("standard output: " + e.getMessage(), e);
            }
        }
    }

    /** Writes an answer as a line of JSON or as text, and returns the exit code. */
    int answer(boolean json, Content asJson, Supplier<String> asText) throws IOException {
        if (json) {
            print(to -> {
                asJson.writeTo(to);
                to.write('\n');
            });
        } else {
            print(asText.get());
        }
        return Main.DONE;
    }

    /** Looks at the stream itself, since System.console() asks for standard input and output only. */
    static boolean isErrorStreamATerminal() {
        try {
            String target = Files.readSymbolicLink(ERROR_STREAM).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Ansi.AUTO.enabled(); // not Linux
        }
    }

    private static boolean isClosedPipe(IOException e) {
        String message = e.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains("pipe");
    }

    /** JDK 19 and later say it; before, it is the default charset. */
    private static Charset encoding() {
        String name = System.getProperty("stdout.encoding");
        return name == null || !Charset.isSupported(name) ? Charset.defaultCharset() : Charset.forName(name);
    }
}
