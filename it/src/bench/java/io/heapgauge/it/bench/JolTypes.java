/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.openjdk.jol.heap.HeapDumpException;
import org.openjdk.jol.heap.HeapDumpReader;
import org.openjdk.jol.info.ClassData;
import org.openjdk.jol.util.Multiset;

/** Counts with JOL's reader, which its own dump statistics are made from: arrays of each length are a type of their own. */
final class JolTypes extends HeapDumpReader {
    private long classObjects;

    private JolTypes(File dump) throws IOException {
        super(dump);
    }

    public static void main(String[] args) throws IOException, HeapDumpException {
        JolTypes reader = new JolTypes(new File(args[0]));
        Multiset<ClassData> types = reader.parse();
        System.out.println("objects " + (types.size() + reader.classObjects) + " types "
                + types.keys().size());
    }

    /** It does not count class objects. */
    @Override
    protected void visitClass(long id, String name, List<Integer> fields, int fieldOffset) {
        classObjects++;
    }
}
