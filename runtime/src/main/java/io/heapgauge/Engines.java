/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a gauge, decided once, on the gauge's thread: that of the fork where it was chosen or proves itself, else
 * HotSpot's.
 */
final class Engines {
    private static final System.Logger LOG = System.getLogger(Engines.class.getName());
    private static final String NONE = "none";

    private final EngineChoice choice;
    private final CaptureEngine hotspot;
    private final @Nullable ForkEngine fork;
    private final DumpDirectory dumps;
    private final Function<Path, @Nullable String> whyNot;
    private volatile @Nullable EngineFacts facts;

    /**
     * Decides nothing yet.
     *
     * @param choice what was configured
     * @param hotspot the engine that is there everywhere
     * @param fork the other one, or null where only the first may be used
     * @param dumps where the native part is unpacked
     * @param whyNot tells why forks cannot be used; null if they can
     */
    Engines(
            EngineChoice choice,
            CaptureEngine hotspot,
            @Nullable ForkEngine fork,
            DumpDirectory dumps,
            Function<Path, @Nullable String> whyNot) {
        this.choice = choice;
        this.hotspot = hotspot;
        this.fork = fork;
        this.dumps = dumps;
        this.whyNot = whyNot;
    }

    /** What is used and why, as far as it is decided. */
    EngineFacts facts() {
        EngineFacts known = facts;
        return known != null ? known : new EngineFacts("", "not decided yet");
    }

    /** Decides, unless that is done. */
    EngineFacts decide() {
        EngineFacts known = facts;
        if (known == null) {
            known = decision();
            facts = known;
            LOG.log(
                    known.name().equals(NONE) ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "heap captures are taken by the engine {0}: {1}",
                    known.name(),
                    known.reason());
        }
        return known;
    }

    private EngineFacts decision() {
        if (fork == null || choice == EngineChoice.HOTSPOT) {
            return new EngineFacts(hotspot.name(), "it was chosen");
        }
        String problem;
        try {
            problem = whyNot.apply(dumps.open());
        } catch (IOException e) {
            problem = "the native part has no place to be unpacked: " + e.getMessage();
        }
        if (problem == null) {
            return new EngineFacts(fork.name(), ForkSupport.proof());
        }
        return choice == EngineChoice.FORK
                ? new EngineFacts(NONE, "the engine fork was chosen and cannot be had: " + problem)
                : new EngineFacts(hotspot.name(), "the engine fork cannot be had: " + problem);
    }

    /** The engine of full captures. */
    CaptureEngine full() throws IOException {
        EngineFacts decided = decide();
        if (decided.name().equals(NONE)) {
            throw new Refusal("refused: " + decided.reason());
        }
        return isFork(decided) ? requireFork() : hotspot;
    }

    private boolean isFork(EngineFacts decided) {
        return fork != null && decided.name().equals(fork.name());
    }

    private ForkEngine requireFork() {
        if (fork == null) {
            throw new IllegalStateException("decided for an engine that is not there");
        }
        return fork;
    }

    /** Whether full captures pause the application for as long as its heap takes to be written. */
    boolean pausesLong() {
        return !isFork(facts());
    }

    /** What is used when the fork is refused at the time of a capture; null where nothing else may. */
    @Nullable
    CaptureEngine fallback() {
        return choice == EngineChoice.AUTO ? hotspot : null;
    }

    /**
     * Objects by class from a snapshot.
     *
     * @return null where the VM's own count must do
     */
    @Nullable
    Snapshot types(CancelSignal cancel) throws IOException {
        if (!isFork(decide())) {
            return null;
        }
        try {
            return requireFork().types(cancel);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "objects are counted by the VM itself, for there is no snapshot", e);
            return null;
        }
    }
}
