/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.redact.RedactionRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Dumps without contents, in both forms of ids, each with a class more than the one before and read back: {@code
 * BufferEndsProgram DIRECTORY DUMPS}.
 */
public final class BufferEndsProgram {
    private static final CaptureTask STRUCTURE =
            new CaptureTask(RedactionRules.standard(), new byte[0][], CancelSignal.NEVER, any -> {});

    private BufferEndsProgram() {}

    /** Of each of its classes the last field is a short one. */
    public static final class Plain {
        static byte small = 1;
        int value = 1;
    }

    private static final class Counts implements HprofVisitor {
        int loaded;
        int dumped;

        @Override
        public void loadClass(int serial, long classId, int stackSerial, long nameId) {
            loaded++;
        }

        @Override
        public void classDump(ClassDump dump) {
            dumped++;
        }
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        String whyNot = ForkSupport.whyNot(directory);
        if (whyNot != null) {
            System.out.println("refused: " + whyNot);
            return;
        }
        ForkEngine fork = new ForkEngine(new ForkMemory(new MemoryReader(directory)), 1);
        List<Class<?>> classes = new ArrayList<>();
        byte[] bytes = UnloadedProgram.bytesOf(Plain.class);
        int dumps = Integer.parseInt(args[1]);
        for (int i = 0; i < dumps; i++) {
            classes.add(UnloadedProgram.hidden(bytes).getDeclaringClass());
            Path file = directory.resolve(i + ".hprof");
            fork.capture(file, i % 4 == 0 ? STRUCTURE.toKeep() : STRUCTURE);
            Counts counts = new Counts();
            HprofScanner.scan(file, counts);
            if (counts.loaded < classes.size() || counts.dumped != counts.loaded) {
                throw new IllegalStateException(counts.dumped + " of " + counts.loaded + " classes are in dump " + i);
            }
            Files.delete(file);
        }
        System.out.println("dumps " + dumps);
    }
}
