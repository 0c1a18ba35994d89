/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Which operating system signals may trigger a capture. */
final class SignalNames {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2,8}[0-9]{0,2}");
    private static final String ALLOWED = "USR1 (or WINCH, URG, CONT, CHLD), written without SIG";

    /** Work on every POSIX system; where the system is another one, a gauge goes without. */
    private static final Set<String> PORTABLE = Set.of("USR1", "WINCH", "URG", "CONT", "CHLD");

    private static final String USED_BY_VM = "the VM or the system keeps it for itself";
    private static final String REPLACES_VM_HANDLER = "it would replace a handler that the VM needs";
    private static final String ENDS_PROCESS = "it would take away the orderly shutdown of the VM";

    private static final Map<String, String> DENIED = Map.ofEntries(
            Map.entry("QUIT", USED_BY_VM),
            Map.entry("ILL", USED_BY_VM),
            Map.entry("FPE", USED_BY_VM),
            Map.entry("SEGV", USED_BY_VM),
            Map.entry("KILL", USED_BY_VM),
            Map.entry("STOP", USED_BY_VM),
            Map.entry("USR2", "HotSpot suspends threads with it, so that JFR would stop sampling"),
            Map.entry("BUS", REPLACES_VM_HANDLER),
            Map.entry("PIPE", REPLACES_VM_HANDLER),
            Map.entry("XFSZ", REPLACES_VM_HANDLER),
            Map.entry("TRAP", REPLACES_VM_HANDLER),
            Map.entry("ABRT", "it ends a broken process, which must not go on"),
            Map.entry("PROF", "profilers sample with it"),
            Map.entry("HUP", ENDS_PROCESS),
            Map.entry("INT", ENDS_PROCESS),
            Map.entry("TERM", ENDS_PROCESS));

    private SignalNames() {}

    /** Returns the name, or says why it is not accepted. */
    static String checked(String name) {
        Objects.requireNonNull(name, "signal");
        if (!FORM.matcher(name).matches() || name.startsWith("SIG")) {
            throw Settings.refused("signal", name, ALLOWED);
        }
        String reason = DENIED.get(name);
        if (reason != null) {
            throw Settings.refused("signal", name, ALLOWED + "; " + name + " is not, because " + reason);
        }
        if (!PORTABLE.contains(name) && !SunSignal.isKnown(name)) {
            throw Settings.refused("signal", name, ALLOWED + "; this system knows no " + name);
        }
        return name;
    }
}
