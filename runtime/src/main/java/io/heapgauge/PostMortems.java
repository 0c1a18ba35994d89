/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dumps that a VM wrote into the dump directory when it ran out of memory ({@code -XX:+HeapDumpOnOutOfMemoryError
 * -XX:HeapDumpPath=<directory>}). Each is claimed by the gauge that moves it into its own directory first.
 */
final class PostMortems {
    /** Start of the names of claimed dumps; the number of processes that have claimed them follows. */
    private static final String CLAIMED = "postmortem-";

    private static final Pattern CLAIMED_BEFORE = Pattern.compile(CLAIMED + "(\\d)-[0-9a-f]{16}\\.hprof");

    /** So many processes may die over a dump: one that runs out of memory again and again shall learn of what. */
    private static final int LIVES = 3;

    /** Behind the name of a dump that is not looked at again. */
    private static final String UNREADABLE = ".unreadable";

    /** Names of dumps that were claimed and are not looked at again. */
    static final Pattern GIVEN_UP = Pattern.compile(CLAIMED + "\\d-[0-9a-f]{16}\\.hprof" + Pattern.quote(UNREADABLE));

    private static final System.Logger LOG = System.getLogger(PostMortems.class.getName());

    /** The VM numbers further dumps of one process behind the suffix. */
    private static final Pattern NAME = Pattern.compile(".+\\.hprof(\\.\\d{1,9})?");

    private static final Pattern OF_PROCESS = Pattern.compile("java_pid(\\d{1,18})\\.hprof.*");

    /** Since JDK 22 (JDK-8306441) the VM writes its heap to these and does not touch the dump until it merges them. */
    private static final String SEGMENT = "\\.p\\d{1,9}";

    /**
     * What was written to so lately may not be whole, even by a process that seems dead or to be this one: where containers
     * share a directory, each has processes of its own. Longer where the VM lives, or has not merged its segments.
     */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final Duration SETTLED_IF_DOUBTFUL = Duration.ofMinutes(1);

    /**
     * What a look found.
     *
     * @param claimed files that are this gauge's now, the oldest first
     * @param unsettled whether others may still be written to, so that another look is worth while
     */
    record Found(List<Path> claimed, boolean unsettled) {}

    private PostMortems() {}

    /**
     * Claims what lies there.
     *
     * @param base the dump directory
     * @param own where the claimed files go, this gauge's own directory
     * @return the claimed files
     * @throws IOException if the directory cannot be read
     */
    static Found claim(Path base, Path own) throws IOException {
        List<Path> found = new ArrayList<>();
        boolean unsettled = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(base)) {
            for (Path file : files) {
                if (!NAME.matcher(String.valueOf(file.getFileName())).matches()) {
                    continue;
                }
                try {
                    if (isOurs(file) && isWhole(file)) {
                        found.add(file);
                    } else {
                        unsettled |= isOurs(file);
                    }
                } catch (NoSuchFileException e) {
                    LOG.log(System.Logger.Level.DEBUG, "another gauge was faster to claim " + file, e);
                }
            }
        }
        found.sort(null);
        List<Path> claimed = new ArrayList<>();
        for (Path file : found) {
            try {
                claimed.add(take(file, own));
                LOG.log(System.Logger.Level.INFO, "found {0}, left by a VM that ran out of memory", file);
            } catch (NoSuchFileException e) {
                LOG.log(System.Logger.Level.DEBUG, "another gauge was faster to claim " + file, e);
            } catch (IOException e) { // the others may be had
                LOG.log(System.Logger.Level.WARNING, "cannot look at the post-mortem dump " + file, e);
            }
        }
        return new Found(claimed, unsettled);
    }

    private static Path take(Path file, Path own) throws IOException {
        for (Path segment : segments(file)) {
            Files.deleteIfExists(segment); // of a VM that died over its dump, which is half then and fails as such
        }
        int lives = Math.min(LIVES, livesOf(file) + 1);
        Path mine = own.resolve(CLAIMED + lives + "-" + DumpDirectory.fileName(null));
        Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
        OwnerOnly.restrictFile(mine);
        return mine;
    }

    private static int livesOf(Path file) {
        Matcher name = CLAIMED_BEFORE.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }

    private static List<Path> segments(Path dump) throws IOException {
        Pattern name = Pattern.compile(Pattern.quote(String.valueOf(dump.getFileName())) + SEGMENT);
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dump.getParent())) {
            for (Path file : files) {
                if (name.matcher(String.valueOf(file.getFileName())).matches() && isOurs(file)) {
                    all.add(file);
                }
            }
        }
        return all;
    }

    /**
     * Saves what a process had claimed that died over it, before its directory is deleted: back to where it was found. The
     * last of several is the end of it, for the dump may have been the reason.
     *
     * @param base the dump directory
     * @param left a directory of a dead process in it
     * @throws IOException if the directory cannot be read
     */
    static void rescue(Path base, Path left) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(left, CLAIMED + "*.hprof")) {
            for (Path file : files) {
                Path saved = putBack(file, base, livesOf(file) < LIVES);
                LOG.log(System.Logger.Level.WARNING, "a process died while it read {0}", saved);
            }
        }
    }

    /**
     * Puts back what a gauge had claimed and not looked at, before its directory is deleted.
     *
     * @param base the dump directory
     * @param own the gauge's directory in it
     * @throws IOException if one cannot be moved; then the directory must stay
     */
    static void giveBack(Path base, Path own) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(own, CLAIMED + "*.hprof")) {
            for (Path file : files) {
                putBack(file, base, true);
            }
        }
    }

    /**
     * Puts a claimed dump back to where it was found.
     *
     * @param dump the dump
     * @param base the dump directory
     * @param again whether the next look shall find it; else it gets a name that is not looked at, and is kept from now on as
     *     long as other dumps are
     * @return its new place
     * @throws IOException if it cannot be moved
     */
    static Path putBack(Path dump, Path base, boolean again) throws IOException {
        if (!again) {
            Files.setLastModifiedTime(dump, FileTime.from(Instant.now()));
        }
        Path back = base.resolve(dump.getFileName() + (again ? "" : UNREADABLE));
        return Files.move(dump, back, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isOurs(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && OwnerOnly.isOurs(file);
    }

    private static boolean isWhole(Path dump) throws IOException {
        List<Path> written = segments(dump);
        boolean merged = written.isEmpty();
        boolean living = isOfLiving(dump);
        if (living && !merged) {
            return false;
        }
        written.add(dump);
        Instant settled = Instant.now().minus(merged && !living ? SETTLED : SETTLED_IF_DOUBTFUL);
        for (Path file : written) {
            Instant at =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            if (at.isAfter(settled)) {
                return false;
            }
        }
        return true;
    }

    /** Whether another process has the number in the name; in a container the one before had this one's. */
    private static boolean isOfLiving(Path dump) {
        Matcher name = OF_PROCESS.matcher(String.valueOf(dump.getFileName()));
        if (!name.matches()) {
            return false;
        }
        long pid = Long.parseLong(name.group(1));
        return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
    }
}
