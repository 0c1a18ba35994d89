/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PostMortemTest {
    private static final String DEAD_PID = "java_pid999999999.hprof";

    @TempDir
    Path directory;

    private final List<String> cache = new ArrayList<>(List.of("one", "two"));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Path base;

    @BeforeEach
    void makeBase() throws IOException {
        base = Files.createDirectory(directory.resolve("dumps"));
        OwnerOnlyTestSupport.close(base);
    }

    private HeapGaugeBuilder gauge() {
        return HeapGauge.builder()
                .directory(base)
                .discoverListeners(false)
                .freeSpaceFloor(0)
                .cpuShare(0.8)
                .meterRegistry(registry)
                .root("cache", cache);
    }

    private void dumpAs(String name) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(base.resolve(name).toString(), false);
        lastWritten(name, Duration.ofSeconds(10));
    }

    private Path lastWritten(String name, Duration ago) throws IOException {
        return Files.setLastModifiedTime(
                base.resolve(name), FileTime.from(Instant.now().minus(ago)));
    }

    private static HeapReport published(HeapGauge gauge) {
        await().atMost(Duration.ofSeconds(60)).until(() -> gauge.lastReport().isPresent());
        return gauge.lastReport().orElseThrow();
    }

    private List<String> filesIn(Path where) throws IOException {
        if (!Files.isDirectory(where)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(where)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void aDumpOfADeadVmIsPublishedWithItsRootsAndKeptRedacted() throws IOException {
        try (HeapGauge before = gauge().start()) {
            before.quick(); // its own look is over
            dumpAs(DEAD_PID);
        }
        try (HeapGauge gauge = gauge().start()) {
            HeapReport report = published(gauge);
            assertThat(report.capture().trigger()).isEqualTo(Trigger.OOM);
            assertThat(report.capture().pauseSource()).isEqualTo(PauseSource.UNKNOWN);
            assertThat(report.root("cache"))
                    .hasValueSatisfying(root -> assertThat(root.state()).isEqualTo(RootState.MEASURED));
            assertThat(report.capture().dumpName()).isNotNull();
            assertThat(filesIn(base.resolve("kept")))
                    .containsExactly(report.capture().dumpName());
            assertThat(filesIn(base)).isEmpty();
            assertThat(registry.get("heapgauge.captures")
                            .tags("trigger", "oom", "outcome", "success")
                            .counter()
                            .count())
                    .isOne();
        }
        try (HeapGauge gauge = gauge().quickEvery(null).start()) {
            gauge.quick();
            assertThat(gauge.lastReport()).as("it is not analysed again").isEmpty();
        }
    }

    @Test
    void whatCannotBeReadIsToldAndNotLookedAtAgain() throws IOException {
        Files.writeString(base.resolve(DEAD_PID), "JAVA PROFILE 1.0.2 and then nothing");
        lastWritten(DEAD_PID, Duration.ofDays(30));
        try (HeapGauge gauge = gauge().start()) {
            await().until(() -> gauge.lastFailure().isPresent());
            CaptureFailure failure = gauge.lastFailure().orElseThrow();
            assertThat(failure.trigger()).isEqualTo(Trigger.OOM);
            assertThat(failure.message()).contains("not supported");
            await().until(() -> gauge.state() == GaugeState.IDLE);
            assertThat(filesIn(base)).singleElement().asString().endsWith(".hprof.unreadable");
        }
        try (HeapGauge next = gauge().start()) {
            next.quick();
            assertThat(next.lastFailure()).isEmpty();
            assertThat(filesIn(base)).as("its age counts from now").hasSize(1);
        }
    }

    @Test
    void aGaugeThatClosesOverItLeavesItToTheNext() throws Exception {
        dumpAs(DEAD_PID);
        try (HeapGauge gauge = gauge().start()) {
            await().until(() -> gauge.state() == GaugeState.ANALYZING);
        }
        assertThat(filesIn(base)).singleElement().asString().matches("postmortem-1-[0-9a-f]{16}\\.hprof");
        try (HeapGauge gauge = gauge().start()) {
            assertThat(published(gauge).capture().trigger()).isEqualTo(Trigger.OOM);
        }
    }

    @Test
    void aGaugeThatClosesLeavesToTheNextWhatItHadNotBegunToo() throws Exception {
        dumpAs("second.hprof");
        Files.move(base.resolve("second.hprof"), base.resolve(DEAD_PID + ".1"));
        dumpAs(DEAD_PID);
        try (HeapGauge gauge = gauge().start()) {
            await().until(() -> gauge.state() == GaugeState.ANALYZING);
        }
        assertThat(filesIn(base)).hasSize(2).allMatch(name -> name.matches("postmortem-1-[0-9a-f]{16}\\.hprof"));
    }

    private void diedOver(String name, String content) throws IOException {
        Path dead = Files.createDirectory(base.resolve("4711-0123456789abcdef"));
        Files.writeString(dead.resolve(".lock"), "");
        Files.writeString(dead.resolve(name), content);
        Files.writeString(dead.resolve("0123456789abcdef.part.hprof"), "half");
    }

    @Test
    void whatThreeProcessesDiedOverIsSavedAndNotLookedAtAgain() throws IOException {
        diedOver("postmortem-3-0123456789abcdef.hprof", "deadly");
        try (HeapGauge gauge = gauge().start()) {
            gauge.quick();
            assertThat(filesIn(base)).containsExactly("postmortem-3-0123456789abcdef.hprof.unreadable");
            assertThat(base.resolve("4711-0123456789abcdef")).doesNotExist();
            assertThat(gauge.lastFailure()).isEmpty();
        }
    }

    @Test
    void whatAProcessDiedOverIsLookedAtByTheNext() throws IOException {
        dumpAs(DEAD_PID);
        diedOver("postmortem-1-0123456789abcdef.hprof", "");
        Path claimed = base.resolve("4711-0123456789abcdef").resolve("postmortem-1-0123456789abcdef.hprof");
        Files.move(base.resolve(DEAD_PID), claimed, StandardCopyOption.REPLACE_EXISTING);
        try (HeapGauge gauge = gauge().start()) {
            assertThat(published(gauge).capture().trigger()).isEqualTo(Trigger.OOM);
            assertThat(filesIn(base)).isEmpty();
        }
    }

    @Test
    void eachClaimIsCountedUntilTheLast() throws IOException {
        String name = "java_pid999999999.hprof";
        Files.writeString(base.resolve(name), "JAVA PROFILE");
        for (int life = 1; life <= 4; life++) {
            lastWritten(name, Duration.ofSeconds(10));
            Path own = Files.createDirectory(base.resolve("claimed" + life));
            Path claimed = PostMortems.claim(base, own).claimed().get(0);
            name = claimed.getFileName().toString();
            assertThat(name).startsWith("postmortem-" + Math.min(3, life) + "-");
            PostMortems.giveBack(base, own);
        }
    }

    @Test
    void twoGaugesThatStartTogetherAnalyseItOnce() throws IOException {
        dumpAs(DEAD_PID);
        try (HeapGauge one = gauge().start();
                HeapGauge other = HeapGauge.builder()
                        .name("other")
                        .directory(base)
                        .discoverListeners(false)
                        .start()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            one.lastReport().isPresent() != other.lastReport().isPresent());
            assertThat(filesIn(base.resolve("kept"))).hasSize(1);
        }
    }

    @Test
    void linksDirectoriesAndOtherFilesAreNotLookedAt() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere.hprof"), "not ours");
        Files.createSymbolicLink(base.resolve(DEAD_PID), elsewhere);
        Files.createDirectory(base.resolve("java_pid999999998.hprof"));
        Files.writeString(base.resolve("notes.txt"), "not ours");
        try (HeapGauge gauge = gauge().start()) {
            gauge.quick();
            assertThat(gauge.lastFailure()).isEmpty();
            assertThat(elsewhere).content().isEqualTo("not ours");
            assertThat(base.resolve("notes.txt")).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom.hprof", DEAD_PID, "own"})
    void aDumpThatIsStillBeingWrittenWaits(String given) throws IOException {
        String name = given.equals("own") ? "java_pid" + ProcessHandle.current().pid() + ".hprof" : given;
        Path own = Files.createDirectory(base.resolve("claimed"));
        Files.writeString(base.resolve(name), "JAVA PROFILE");
        PostMortems.Found found = PostMortems.claim(base, own);
        assertThat(found.claimed()).isEmpty();
        assertThat(found.unsettled()).isTrue();
        lastWritten(name, Duration.ofSeconds(10));
        assertThat(PostMortems.claim(base, own).claimed()).hasSize(1);
        assertThat(PostMortems.claim(base, own).unsettled()).isFalse();
    }

    @Test
    void aDumpWhoseSegmentsAreNotMergedWaitsUntilItsVmMustBeDeadAndTheyGo() throws IOException {
        Path own = Files.createDirectory(base.resolve("own"));
        Files.writeString(base.resolve(DEAD_PID), "JAVA PROFILE");
        Path segment = Files.writeString(base.resolve(DEAD_PID + ".p0"), "objects");
        Path other = Files.writeString(base.resolve("java_pid999999998.hprof.p0"), "another's");
        lastWritten(DEAD_PID, Duration.ofMinutes(5));
        assertThat(PostMortems.claim(base, own)).isEqualTo(new PostMortems.Found(List.of(), true));
        lastWritten(DEAD_PID + ".p0", Duration.ofSeconds(10));
        assertThat(PostMortems.claim(base, own)).isEqualTo(new PostMortems.Found(List.of(), true));
        lastWritten(DEAD_PID + ".p0", Duration.ofMinutes(2));
        assertThat(PostMortems.claim(base, own).claimed()).hasSize(1);
        assertThat(segment).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aDumpOfALivingProcessIsNotTakenWhileItsSegmentsLieBeside() throws Exception {
        Path own = Files.createDirectory(base.resolve("own"));
        Process living = new ProcessBuilder("sleep", "60").start();
        try {
            String name = "java_pid" + living.pid() + ".hprof";
            Files.writeString(base.resolve(name), "JAVA PROFILE");
            Path segment = Files.writeString(base.resolve(name + ".p0"), "objects");
            lastWritten(name, Duration.ofHours(1));
            lastWritten(name + ".p0", Duration.ofHours(1));
            assertThat(PostMortems.claim(base, own)).isEqualTo(new PostMortems.Found(List.of(), true));
            Files.delete(segment);
            assertThat(PostMortems.claim(base, own).claimed()).hasSize(1);
        } finally {
            living.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }
}
