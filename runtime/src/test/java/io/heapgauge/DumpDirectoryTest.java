/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DumpDirectoryTest {
    private static final String DEAD = "4711-00000000deadbeef";

    @TempDir
    Path temporary;

    private Path base;
    private DumpDirectory dumps;

    @BeforeEach
    void place() {
        base = temporary.resolve("parent").resolve("dumps");
        dumps = GaugeFixture.dumps(base);
    }

    @AfterEach
    void close() {
        dumps.close();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Path leftover() throws IOException {
        Path dead = Files.createDirectories(base.resolve(DEAD));
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(dead.resolve(".lock"), "");
        Files.writeString(dead.resolve("0123456789abcdef.hprof"), "secret");
        Files.createDirectory(dead.resolve("scratch"));
        Files.writeString(dead.resolve("scratch").resolve("edges"), "scratch");
        return dead;
    }

    @Test
    void everythingIsForTheOwnerAlone() throws IOException {
        Path process = dumps.open();
        assertThat(process.getParent()).isEqualTo(base);
        assertThat(process.getFileName().toString())
                .matches(ProcessHandle.current().pid() + "-[0-9a-f]{16}");
        assertThat(mode(base)).isEqualTo("rwx------");
        assertThat(mode(process)).isEqualTo("rwx------");
        assertThat(mode(process.resolve(".lock"))).isEqualTo("rw-------");
    }

    @Test
    void fileNamesCannotBeGuessed() throws IOException {
        assertThat(dumps.newDump(null).getFileName().toString()).matches("[0-9a-f]{16}\\.hprof");
        assertThat(dumps.newDump("nightly").getFileName().toString()).matches("nightly-[0-9a-f]{16}\\.hprof");
        assertThat(dumps.newDump(null)).isNotEqualTo(dumps.newDump(null));
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Path target = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createDirectories(base.getParent());
        Files.createSymbolicLink(base, target);
        assertThatThrownBy(dumps::open).isInstanceOf(Refusal.class).hasMessageContaining(base + " is a symbolic link");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void aDirectoryOpenToOthersIsRefused() throws IOException {
        Files.createDirectories(base);
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-x---"));
        assertThatThrownBy(dumps::open)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is open to others (rwxr-x---)")
                .hasMessageContaining("chmod 700");
    }

    @Test
    void somebodyElsesDirectoryIsRefused() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a directory away");
        Files.createDirectories(base);
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(base, "unix:uid", 12345);
        try {
            assertThatThrownBy(dumps::open).isInstanceOf(Refusal.class).hasMessageContaining("belongs to 12345");
        } finally {
            Files.setAttribute(base, "unix:uid", 0);
        }
    }

    @Test
    void openingAgainGivesTheSameDirectoryUnlessACleanerTookIt() throws IOException {
        Path first = dumps.open();
        assertThat(dumps.open()).isEqualTo(first);
        Files.delete(first.resolve(".lock"));
        Files.delete(first);
        Path second = dumps.open();
        assertThat(second).isNotEqualTo(first).isDirectory();
    }

    @Test
    void whatADeadProcessLeftIsSwept() throws IOException {
        Path dead = leftover();
        dumps.openAndSweep();
        assertThat(dead).doesNotExist();
        assertThat(dumps.open()).exists();
    }

    @Test
    void whatALivingProcessHoldsIsNotSwept() throws Exception {
        Path alive = leftover();
        Process holder = ForkedJvm.start(
                LockHolder.class, List.of(), alive.resolve(".lock").toString());
        try {
            assertThat(ForkedJvm.firstLine(holder)).isEqualTo("locked");
            dumps.openAndSweep();
            assertThat(alive.resolve("0123456789abcdef.hprof")).exists();
        } finally {
            holder.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        try (DumpDirectory next = GaugeFixture.dumps(base)) {
            next.openAndSweep();
            assertThat(alive).doesNotExist();
        }
    }

    @Test
    void gaugesOfOneVmDoNotSweepEachOtherNorLoseTheirLocks() throws Exception {
        Path mine = dumps.open();
        try (DumpDirectory second = GaugeFixture.dumps(base)) {
            second.openAndSweep();
            assertThat(mine.resolve(".lock")).exists();
            Process other = ForkedJvm.start(
                    LockTrier.class, List.of(), mine.resolve(".lock").toString());
            assertThat(ForkedJvm.firstLine(other)).isEqualTo("held by another");
            assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void filesThatAreNotOursAreLeftAlone() throws IOException {
        leftover();
        Path foreign = Files.writeString(base.resolve("notes.txt"), "mine");
        Path link = Files.createSymbolicLink(base.resolve("4712-00000000deadbeef"), temporary);
        Path unlocked = Files.createDirectories(base.resolve("4713-00000000deadbeef"));
        Files.writeString(unlocked.resolve("something"), "without a lock");
        dumps.openAndSweep();
        assertThat(foreign).exists();
        assertThat(link).exists();
        assertThat(unlocked.resolve("something")).exists();
    }

    @Test
    void aCaptureWithoutRoomIsRefusedWithFigures() throws IOException {
        dumps.requireSpace(0);
        assertThatThrownBy(() -> dumps.requireSpace(1L << 60))
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("refused: the dump may take 1099511627776 MiB and " + base
                        + " has \\d+ MiB free, of which 0 MiB stay free; make room,.*freeSpaceFloor");
    }

    @Test
    void keptDumpsThatAreTooOldGoBeforeACapture() throws IOException {
        String name = dumps.kept().keep(Files.writeString(dumps.newDump(null), "dump"), null, true, () -> false);
        Path old = base.resolve("kept").resolve(name);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        dumps.requireSpace(0);
        assertThat(old).doesNotExist();
    }

    @Test
    void discardingTakesTheSegmentsAlong() throws IOException {
        Path dump = dumps.newDump(null);
        Path other = Files.writeString(dumps.newDump(null), "another");
        Files.writeString(dump, "dump");
        Files.writeString(dump.resolveSibling(dump.getFileName() + ".p0"), "segment");
        dumps.discard(dump);
        try (Stream<Path> left = Files.list(dumps.open())) {
            assertThat(left).containsExactlyInAnyOrder(other, dumps.open().resolve(".lock"));
        }
    }

    @Test
    void closingDeletesTheProcessDirectoryAndKeepsKeptDumps() throws IOException {
        Path dump = Files.writeString(dumps.newDump(null), "dump");
        Files.writeString(dumps.newDump(null), "another");
        String name = dumps.kept().keep(dump, "kept-one", true, () -> false);
        Path process = dumps.open();
        dumps.close();
        assertThat(process).doesNotExist();
        assertThat(base.resolve("kept").resolve(name)).content().isEqualTo("dump");
        assertThatThrownBy(dumps::open).hasMessageContaining("closed");
    }

    @Test
    void aDumpHasItsNameOnlyWhenItIsWhole() throws IOException {
        Path dump = dumps.newDump("night");
        Path partial = DumpDirectory.partial(dump);
        assertThat(partial.getFileName().toString()).matches("night-[0-9a-f]{16}\\.part\\.hprof");
        Files.writeString(partial, "dump");
        assertThat(dump).doesNotExist();
        dumps.complete(dump);
        assertThat(dump).content().isEqualTo("dump");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLinkInThePlaceOfADumpIsNotFollowed() throws IOException {
        Path dump = dumps.newDump(null);
        Path elsewhere = Files.writeString(base.resolveSibling("elsewhere"), "not ours");
        Files.createSymbolicLink(DumpDirectory.partial(dump), elsewhere);
        assertThatThrownBy(() -> dumps.complete(dump)).hasMessageContaining("is no file of ours");
        dumps.discard(dump);
        assertThat(elsewhere).content().isEqualTo("not ours");
    }

    @Test
    void aDirectoryThatWasReplacedIsLeftAlone() throws IOException {
        Path dump = dumps.newDump(null);
        Path own = dumps.open();
        Path away = Files.move(own, base.resolveSibling("away"));
        Path elsewhere = Files.createDirectory(base.resolveSibling("elsewhere"));
        Path theirs = Files.writeString(elsewhere.resolve(dump.getFileName()), "not ours");
        Files.createSymbolicLink(own, elsewhere);
        Files.writeString(elsewhere.resolve(DumpDirectory.partial(dump).getFileName()), "not ours");
        assertThatThrownBy(() -> dumps.complete(dump)).hasMessageContaining("was replaced");
        dumps.discard(dump);
        assertThat(dumps.open()).as("a new one").isNotEqualTo(own).exists();
        dumps.close();
        assertThat(theirs).content().isEqualTo("not ours");
        assertThat(elsewhere.resolve(DumpDirectory.partial(dump).getFileName())).exists();
        assertThat(away).exists();
    }

    @Test
    void manyGaugesStartAndCloseAtOnceWithoutHurtingEachOther() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> lives = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                lives.add(() -> {
                    try (DumpDirectory own = GaugeFixture.dumps(base)) {
                        own.openAndSweep();
                        Path dump = Files.writeString(own.newDump(null), "dump");
                        Thread.yield();
                        assertThat(dump).exists();
                    }
                    return null;
                });
            }
            for (Future<Void> life : many.invokeAll(lives)) {
                life.get(20, TimeUnit.SECONDS);
            }
        } finally {
            many.shutdownNow();
        }
        assertThat(base).isEmptyDirectory();
    }

    /** Holds a lock until it is killed. */
    static final class LockHolder {
        public static void main(String[] args) throws Exception {
            FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
            System.out.println(channel.tryLock() != null ? "locked" : "not locked");
            Thread.sleep(60_000);
        }
    }

    /** Tries a lock once. */
    static final class LockTrier {
        public static void main(String[] args) throws Exception {
            try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                System.out.println(channel.tryLock() != null ? "free" : "held by another");
            }
        }
    }
}
