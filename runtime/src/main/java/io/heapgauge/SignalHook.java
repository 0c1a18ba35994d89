/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.SunSignal.SignalException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task when the process receives a signal. A signal has one owner in a VM. What stands in the way is logged, and the
 * gauge goes without: a diagnostic tool must not keep a service from starting.
 */
final class SignalHook implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SignalHook.class.getName());
    private static final long PROOF_SECONDS = 3;

    /** System property that says who owns a signal: common to all class loaders, and pins none of them. */
    private static final String CLAIM = "io.heapgauge.signal.";

    private final String name;
    private final Runnable task;
    private final CountDownLatch proof = new CountDownLatch(1);
    private volatile boolean armed;
    private @Nullable SunSignal signal;
    private @Nullable Object ours;
    private @Nullable Object former;

    private SignalHook(String name, Runnable task) {
        this.name = name;
        this.task = task;
    }

    /**
     * Installs a handler and proves that it works by sending the signal once; that one does not run the task.
     *
     * @param name a name that {@link SignalNames} accepts
     * @param gaugeName who will own the signal
     * @param task must return quickly
     * @return the hook, or null where the signal cannot be had
     */
    static @Nullable SignalHook install(String name, String gaugeName, Runnable task) {
        synchronized (SignalHook.class) {
            String owner = System.getProperty(CLAIM + name);
            if (owner != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "gauge ''{0}'' goes without signal {1}: gauge ''{2}'' of this VM owns it; a signal has one owner",
                        gaugeName,
                        name,
                        owner);
                return null;
            }
            System.setProperty(CLAIM + name, gaugeName);
        }
        SignalHook hook = new SignalHook(name, task);
        try {
            hook.begin();
            return hook;
        } catch (SignalException e) {
            hook.close();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "gauge '" + gaugeName + "' goes without signal " + name + ": " + e.getMessage(),
                    e);
            return null;
        }
    }

    private void begin() throws SignalException {
        signal = SunSignal.of(name);
        ours = SunSignal.handler(this::received);
        former = signal.handle(ours);
        signal.raise();
        if (!Waiting.forLatch(proof, PROOF_SECONDS, TimeUnit.SECONDS)) {
            armed = true;
            // the handler stays nevertheless: without one, the signal would end the process
            LOG.log(
                    System.Logger.Level.WARNING,
                    "signal {0} does not reach this VM (does it run with -Xrs?): it will not trigger captures;"
                            + " use JMX, the API or the interval",
                    name);
        }
    }

    private void received() {
        if (!armed) {
            armed = true;
            proof.countDown();
            return;
        }
        try {
            task.run();
        } catch (Throwable e) { // on a thread of the VM
            LOG.log(System.Logger.Level.WARNING, "signal " + name + " could not trigger a capture", e);
        }
    }

    @Override
    public void close() {
        try {
            if (signal != null && former != null) {
                Object replaced = signal.handle(former);
                if (replaced != ours) {
                    signal.handle(replaced); // somebody took the signal after us; it is theirs
                }
            }
        } catch (SignalException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot put back the former handler of signal " + name, e);
        } finally {
            System.clearProperty(CLAIM + name);
        }
    }
}
