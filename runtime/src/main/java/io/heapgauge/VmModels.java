/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.layout.VmModel;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** The object layout of the running VM, from its own flags. */
final class VmModels {
    private static final System.Logger LOG = System.getLogger(VmModels.class.getName());

    /** JDK-8139457: array elements need no 8-byte boundary any more. */
    private static final int FIRST_WITH_PACKED_ARRAYS = 23;

    /** JEP 450, an experiment there; a product flag since JDK 25 (JEP 519). */
    private static final int FIRST_WITH_COMPACT_HEADERS = 24;

    private VmModels() {}

    /** The layout of this VM, or null where it does not tell its flags. */
    static @Nullable VmModel ofThisVm() {
        try {
            HotSpotDiagnosticMXBean hotspot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (hotspot == null) {
                LOG.log(System.Logger.Level.DEBUG, "not a HotSpot VM; object sizes are inferred from the dump");
                return null;
            }
            return of(hotspot);
        } catch (IllegalArgumentException | LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "a VM flag is not known; object sizes are inferred from the dump", e);
            return null;
        }
    }

    private static VmModel of(HotSpotDiagnosticMXBean hotspot) {
        int headerBytes;
        if (hasCompactHeaders(hotspot)) {
            headerBytes = 8;
        } else {
            headerBytes = flag(hotspot, "UseCompressedClassPointers") ? 12 : 16;
        }
        int referenceBytes = flag(hotspot, "UseCompressedOops") ? 4 : 8;
        int alignmentBytes =
                Integer.parseInt(hotspot.getVMOption("ObjectAlignmentInBytes").getValue());
        boolean packedArrays = Runtime.version().feature() >= FIRST_WITH_PACKED_ARRAYS;
        return new VmModel(headerBytes, referenceBytes, alignmentBytes, packedArrays);
    }

    private static boolean hasCompactHeaders(HotSpotDiagnosticMXBean hotspot) {
        return Runtime.version().feature() >= FIRST_WITH_COMPACT_HEADERS && flag(hotspot, "UseCompactObjectHeaders");
    }

    private static boolean flag(HotSpotDiagnosticMXBean hotspot, String name) {
        return Boolean.parseBoolean(hotspot.getVMOption(name).getValue());
    }
}
