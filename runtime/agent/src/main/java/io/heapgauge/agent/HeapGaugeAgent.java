/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.agent;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of {@code -javaagent:heapgauge-agent.jar=OPTIONS}, and of an agent that is loaded later. It is the only class
 * that the program's class loaders can see. All others lie in a folder of the jar and are loaded by a class loader of their own,
 * which knows nothing but the JDK: whatever versions of the same libraries the program has, heapgauge itself included, the two
 * never meet. Whatever goes wrong here is told on the error stream, and the program runs without the agent.
 */
public final class HeapGaugeAgent {
    private static boolean started;

    private HeapGaugeAgent() {}

    /**
     * Called by the VM before the program's main method.
     *
     * @param options what follows the = of {@code -javaagent}, or null
     */
    public static void premain(@Nullable String options) {
        start(options);
    }

    /**
     * Called by the VM when the agent is loaded into a running program.
     *
     * @param options the options given, or null
     */
    public static void agentmain(@Nullable String options) {
        start(options);
    }

    private static synchronized void start(@Nullable String options) {
        if (started) {
            tell("is in this JVM already; its options stay as they were");
            return;
        }
        started = true;
        try {
            CodeSource source = HeapGaugeAgent.class.getProtectionDomain().getCodeSource();
            URL inside =
                    URI.create("jar:" + source.getLocation() + "!/heapgauge/").toURL();
            ClassLoader loader =
                    new URLClassLoader("heapgauge-agent", new URL[] {inside}, ClassLoader.getPlatformClassLoader());
            Class.forName("io.heapgauge.agent.AgentMain", true, loader)
                    .getMethod("start", String.class)
                    .invoke(null, options == null ? "" : options);
        } catch (InvocationTargetException e) {
            tell(withoutIt(e.getCause()));
        } catch (Exception | LinkageError e) {
            // an exception thrown from here would end the program before it has begun
            tell(withoutIt(e));
        }
    }

    private static String withoutIt(Throwable reason) {
        String text = reason instanceof IllegalArgumentException ? reason.getMessage() : reason.toString();
        return "does not run, and the program runs without it: " + text;
    }

    private static void tell(String text) {
        System.err.println("heapgauge agent " + text);
    }
}
