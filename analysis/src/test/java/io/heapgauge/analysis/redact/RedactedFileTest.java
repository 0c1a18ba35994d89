/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.monitor.Progress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When there is a new file, and when there is none. */
class RedactedFileTest {
    private static final RedactionRules STANDARD = RedactionRules.standard();

    @TempDir
    private Path directory;

    private Path in;
    private Path out;

    @BeforeEach
    void nameFiles() {
        in = directory.resolve("in.hprof");
        out = directory.resolve("out.hprof");
    }

    private static FixtureHeap heap() {
        FixtureHeap heap = new FixtureHeap();
        heap.thread("secret");
        heap.objectArray("java.lang.String[]", heap.string("a"), heap.string("b"));
        return heap;
    }

    private RedactionSummary redact() throws IOException {
        return HprofRedactor.redact(in, out, STANDARD, Monitor.NONE);
    }

    @Test
    void a_truncated_dump_ends_it_with_its_offset_and_without_a_file() throws IOException {
        HprofWriter writer = heap().writer();
        int length = writer.toByteArray().length;
        for (int left : new int[] {0, 5, 40, length / 2, length - 30, length - 1}) {
            writer.writeTruncated(in, left);
            assertThatThrownBy(this::redact).isInstanceOfSatisfying(HprofException.class, e -> {
                assertThat(e.file()).isEqualTo(in);
                assertThat(e.offset()).isBetween(0L, (long) left);
            });
            assertOnlyTheDump();
        }
    }

    @Test
    void an_existing_file_is_an_error_and_stays_as_it_is() throws IOException {
        heap().write(in);
        Files.writeString(out, "mine");
        assertThatThrownBy(this::redact)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("exists already");
        assertThat(out).hasContent("mine");
    }

    @Test
    void the_dump_itself_is_no_place_for_the_new_one() throws IOException {
        heap().write(in);
        byte[] before = Files.readAllBytes(in);
        Path same = directory.resolve("./in.hprof");
        assertThatThrownBy(() -> HprofRedactor.redact(in, same, STANDARD, Monitor.NONE))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is the dump itself");
        assertThat(in).hasBinaryContent(before);
    }

    @Test
    void a_name_that_somebody_takes_meanwhile_stays_theirs() throws IOException {
        heap().write(in);
        Progress taker = (phase, fraction) -> {
            if (phase.equals("redacting") && !Files.exists(out)) {
                write(out, "theirs");
            }
        };
        assertThatThrownBy(() -> HprofRedactor.redact(in, out, STANDARD, new Monitor(taker, () -> false)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(out).hasContent("theirs");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reading classes", "redacting"})
    void cancelled_in_any_phase_it_leaves_nothing(String when) throws IOException {
        heap().write(in);
        String[] phase = {""};
        Monitor monitor = new Monitor((now, fraction) -> phase[0] = now, () -> phase[0].equals(when));
        assertThatThrownBy(() -> HprofRedactor.redact(in, out, STANDARD, monitor))
                .isInstanceOf(AnalysisCancelledException.class)
                .hasMessage("cancelled while " + when);
        assertOnlyTheDump();
    }

    @Test
    void a_directory_that_is_missing_is_named() throws IOException {
        heap().write(in);
        out = directory.resolve("none").resolve("out.hprof");
        assertThatThrownBy(this::redact)
                .isInstanceOf(FileSystemException.class)
                .hasMessage(out + ": the directory for it does not exist");
    }

    @Test
    void only_its_owner_may_read_it() throws IOException {
        heap().write(in);
        redact();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(in, out);
        }
    }

    private void assertOnlyTheDump() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(in);
        }
    }
}
