/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

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

    private final EngineChoice choice;
    private final CaptureEngine hotspot;
    private final @Nullable ForkEngine fork;
    private final DumpDirectory dumps;
    private final Function<Path, @Nullable String> whyNot;
    private volatile @Nullable Decision decision;

    /** The engine of full captures, null where none may be used, and why. */
    private record Decision(@Nullable CaptureEngine engine, EngineFacts facts) {
        static Decision of(CaptureEngine engine, String reason) {
            return new Decision(engine, new EngineFacts(engine.name(), reason));
        }
    }

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
        Decision known = decision;
        return known != null ? known.facts : new EngineFacts("", "not decided yet");
    }

    /** Decides, unless that is done. */
    EngineFacts decide() {
        return decided().facts;
    }

    private Decision decided() {
        Decision known = decision;
        if (known == null) {
            known = decision();
            decision = known;
            LOG.log(
                    known.engine == null ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "heap captures are taken by the engine {0}: {1}",
                    known.facts.name(),
                    known.facts.reason());
        }
        return known;
    }

    private Decision decision() {
        if (fork == null || choice == EngineChoice.HOTSPOT) {
            return Decision.of(hotspot, "it was chosen");
        }
        String problem;
        try {
            problem = choice == EngineChoice.QUIET ? NativeLibrary.warning() : null;
            problem = problem == null ? whyNot.apply(dumps.open()) : problem;
        } catch (IOException e) {
            problem = "the native part has no place to be unpacked: " + e.getMessage();
        }
        if (problem == null) {
            return Decision.of(fork, ForkSupport.proof());
        }
        return choice == EngineChoice.FORK
                ? new Decision(
                        null, new EngineFacts("none", "the engine fork was chosen and cannot be had: " + problem))
                : Decision.of(hotspot, "the engine fork cannot be had: " + problem);
    }

    /** The engine of full captures. */
    CaptureEngine full() throws IOException {
        Decision decided = decided();
        if (decided.engine == null) {
            throw new Refusal("refused: " + decided.facts.reason());
        }
        return decided.engine;
    }

    /** The engine of snapshots; null where it is not in use. */
    @Nullable
    ForkEngine fork() {
        return decided().engine == fork ? fork : null;
    }

    /** Whether full captures pause the application for as long as its heap takes to be written. */
    boolean pausesLong() {
        Decision known = decision;
        return known == null || known.engine != fork;
    }

    /** What is used when the fork is refused at the time of a capture; null where nothing else may. */
    @Nullable
    CaptureEngine fallback() {
        return choice == EngineChoice.AUTO || choice == EngineChoice.QUIET ? hotspot : null;
    }
}
