/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether this VM can be forked, found out once for the class loader: the native part loads, the VM describes itself as it
 * must, and a first snapshot comes back with the roots and the sentinel, quickly.
 */
final class ForkSupport {
    private static final Duration LONGEST_FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int SECONDS_OF_CHECK = 20;

    private static boolean decided;
    private static volatile boolean loaded;
    private static @Nullable String whyNot;
    private static String proof = "";

    private ForkSupport() {}

    /**
     * Finds out, on the first call by a snapshot.
     *
     * @param directory where the native part may be unpacked for a moment
     * @return null if snapshots can be taken, else why not, for people
     */
    static synchronized @Nullable String whyNot(Path directory) {
        if (!decided) {
            whyNot = check(directory);
            decided = true;
        }
        return whyNot;
    }

    /** Whether the native part can be called, even where no snapshot can be taken. */
    static boolean isLoaded() {
        return loaded;
    }

    /** What the first snapshot showed, for people; empty where there was none. */
    static synchronized String proof() {
        return proof;
    }

    private static @Nullable String check(Path directory) {
        String problem = NativeLibrary.load(directory);
        if (problem == null) {
            loaded = true;
            problem = NativeSnapshot.check0();
        }
        return problem != null ? problem : tryOut();
    }

    private static @Nullable String tryOut() {
        try {
            Snapshot first = Snapshot.take(SnapshotRequest.nothing(SECONDS_OF_CHECK));
            Duration pause = Duration.ofNanos(first.taken().pauseNanos());
            if (pause.compareTo(LONGEST_FIRST_PAUSE) > 0) {
                return "the first snapshot paused the application for " + Texts.seconds(pause);
            }
            proof = "the first snapshot found " + first.outcome().roots() + " roots with a pause of "
                    + Texts.seconds(pause);
            return null;
        } catch (IOException e) {
            return "the first snapshot failed: " + e.getMessage();
        }
    }
}
