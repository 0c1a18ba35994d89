/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * Objects that the GC roots reach over a referent only, each by the strongest way there is: a way is as strong as the weakest
 * reference on it, in the order of the components, which is that of the package documentation of {@code java.lang.ref}.
 *
 * @param soft over soft references: gone when memory is short
 * @param weak over weak references: gone at the next collection
 * @param finalizable over the VM's final references: their {@code finalize} method has not run yet
 * @param phantom over phantom references, cleaners included
 */
public record WeaklyHeld(Size soft, Size weak, Size finalizable, Size phantom) {
    /**
     * All of them.
     *
     * @return the sum
     */
    public Size total() {
        return new Size(
                soft.objects() + weak.objects() + finalizable.objects() + phantom.objects(),
                soft.bytes() + weak.bytes() + finalizable.bytes() + phantom.bytes());
    }
}
