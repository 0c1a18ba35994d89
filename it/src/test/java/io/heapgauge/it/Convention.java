/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

/**
 * What the NetBeans library counts otherwise than heapgauge does, beside shallow sizes. Found by experiment with its release
 * 25; {@link LibrarySource} reads a dump as if we counted like that too.
 */
enum Convention {
    /** The shallow size of a class object is left out of all sums. */
    CLASS_OBJECTS_WEIGH_NOTHING("class objects weigh nothing"),

    /** A class object holds its static fields and its loader, and not its super class, signers and protection domain. */
    CLASSES_HOLD_NO_SUPER_CLASS("classes hold no super class"),

    /** The first instance that the library finds on its way from the GC roots holds the class, as if by a field. */
    FIRST_INSTANCE_HOLDS_ITS_CLASS("the first instance found holds its class"),

    /**
     * Referents are skipped on the way from the GC roots, so what only references hold is not reached. But where something
     * else reaches the referent, the reference holds it as well, and the referent's owner does not retain it.
     */
    REFERENCES_HOLD_LIVE_REFERENTS("references hold live referents"),

    /**
     * What objects that no GC root reaches refer to is held by them, for ever: nobody retains it. The referent of a dead
     * weak, soft, phantom or final reference is such an object too.
     */
    GARBAGE_HOLDS("garbage holds");

    private final String label;

    Convention(String label) {
        this.label = label;
    }

    /** What the report calls it. */
    String label() {
        return label;
    }
}
