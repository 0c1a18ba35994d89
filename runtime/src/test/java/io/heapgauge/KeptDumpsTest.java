/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDumpsTest {
    @TempDir
    Path base;

    private KeptDumps kept(Retention retention, boolean redacted, Redactor redactor) {
        OwnerOnlyTestSupport.close(base);
        return new KeptDumps(base, new Settings.Storage(base, true, redacted, retention, 0, 0), redactor);
    }

    private KeptDumps plain(int count, long bytes, Duration age) {
        return kept(new Retention(count, bytes, age), false, (dump, copy, cancel) -> {
            throw new AssertionError();
        });
    }

    private Path dump(String content) throws IOException {
        return Files.writeString(base.resolve(DumpDirectory.fileName(null)), content);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(base.resolve("kept"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String keptHoursAgo(KeptDumps kept, String content, int hours) throws IOException {
        String name = kept.keep(dump(content), null, true, () -> false);
        Files.setLastModifiedTime(
                kept.directory().resolve(name), FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
        return name;
    }

    @Test
    void theOldestGoWhenThereAreTooMany() throws IOException {
        KeptDumps kept = plain(2, Long.MAX_VALUE, Duration.ofDays(1));
        keptHoursAgo(kept, "first", 3);
        String second = keptHoursAgo(kept, "second", 2);
        String third = keptHoursAgo(kept, "third", 1);
        assertThat(names()).containsExactlyInAnyOrder(second, third);
    }

    @Test
    void theOldestGoWhenTheyAreTooBigTogetherAndTheNewestStaysWhateverItsSize() throws IOException {
        KeptDumps kept = plain(10, 10, Duration.ofDays(1));
        keptHoursAgo(kept, "1234", 3);
        String second = keptHoursAgo(kept, "1234", 2);
        String third = keptHoursAgo(kept, "1234", 1);
        assertThat(names()).containsExactlyInAnyOrder(second, third);
        String large = kept.keep(dump("12345678901234567890"), null, true, () -> false);
        assertThat(names()).containsExactly(large);
    }

    @Test
    void whatIsTooOldGoesEvenIfItIsTheOnlyOne() throws IOException {
        KeptDumps kept = plain(10, Long.MAX_VALUE, Duration.ofHours(2));
        keptHoursAgo(kept, "old", 3);
        kept.trim();
        assertThat(names()).isEmpty();
    }

    @Test
    void theAgeOfAKeptDumpCountsFromWhenItWasKept() throws IOException {
        KeptDumps kept = plain(1, Long.MAX_VALUE, Duration.ofHours(2));
        kept.keep(dump("of this hour"), null, true, () -> false);
        Path found = dump("of a VM that died long ago");
        Files.setLastModifiedTime(found, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
        String name = kept.keep(found, null, true, () -> false);
        assertThat(names()).containsExactly(name);
    }

    @Test
    void postMortemDumpsThatCouldNotBeReadCountToo() throws IOException {
        KeptDumps kept = plain(2, Long.MAX_VALUE, Duration.ofDays(1));
        Path oldest = givenUpHoursAgo("postmortem-1-0123456789abcdef.hprof.unreadable", 3);
        Path older = givenUpHoursAgo("postmortem-3-fedcba9876543210.hprof.unreadable", 2);
        Path foreign = givenUpHoursAgo("java_pid1.hprof.unreadable", 99);
        Path waiting = givenUpHoursAgo("postmortem-1-0123456789abcdef.hprof", 99);
        String newest = kept.keep(dump("kept"), null, true, () -> false);
        assertThat(names()).containsExactly(newest);
        assertThat(oldest).doesNotExist();
        assertThat(older).exists();
        assertThat(foreign).exists();
        assertThat(waiting).exists();
    }

    private Path givenUpHoursAgo(String name, int hours) throws IOException {
        return Files.setLastModifiedTime(
                Files.writeString(base.resolve(name), "given up"),
                FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
    }

    @Test
    void nothingIsKeptBehindALink() throws IOException {
        KeptDumps kept = plain(1, Long.MAX_VALUE, Duration.ofDays(1));
        Path dump = dump("secret");
        Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
        Files.createSymbolicLink(kept.directory(), elsewhere);
        assertThatThrownBy(() -> kept.keep(dump, null, true, () -> false)).hasMessageContaining("is a symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(dump).exists();
    }

    @Test
    void filesOfOtherNamesAndLinksAreNotTouched() throws IOException {
        KeptDumps kept = plain(1, 1, Duration.ofNanos(1));
        kept.keep(dump("ours"), "label", true, () -> false);
        Path elsewhere = Files.writeString(base.resolve("elsewhere"), "theirs");
        Files.createSymbolicLink(kept.directory().resolve("0123456789abcdef.hprof"), elsewhere);
        Files.writeString(kept.directory().resolve("notes.txt"), "theirs");
        Files.writeString(kept.directory().resolve("heap.hprof"), "theirs");
        kept.trim();
        assertThat(names()).containsExactly("0123456789abcdef.hprof", "heap.hprof", "notes.txt");
        assertThat(elsewhere).content().isEqualTo("theirs");
    }

    @Test
    void whatStaysIsRedacted() throws IOException {
        KeptDumps kept = kept(
                Retention.DEFAULT,
                true,
                (dump, copy, cancel) ->
                        Files.writeString(copy, Files.readString(dump).replace('1', '0')));
        String name = kept.keep(dump("pin 1111"), "label", true, () -> false);
        assertThat(kept.directory().resolve(name)).content().isEqualTo("pin 0000");
    }

    @Test
    void whatCannotBeRedactedIsNotKept() throws IOException {
        KeptDumps kept = kept(Retention.DEFAULT, true, (dump, copy, cancel) -> {
            throw new IOException("no space left on device");
        });
        Path dump = dump("pin 1111");
        assertThatThrownBy(() -> kept.keep(dump, null, true, () -> false))
                .hasMessage("not kept, because it could not be redacted: no space left on device");
        assertThat(names()).isEmpty();
    }
}
