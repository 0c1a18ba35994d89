/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory, as small as a test wants it. Mounting one needs root; a test without is skipped. */
record SmallDisk(Path root) implements AutoCloseable {
    static SmallDisk mount(Path at, String options) throws IOException, InterruptedException {
        Files.createDirectory(at);
        assumeTrue(run(at, options), "mounting a small disk needs root");
        return new SmallDisk(at);
    }

    /** Changes its size, or whether it can be written. */
    void remount(String options) throws IOException, InterruptedException {
        assertThat(run(root, "remount," + options)).isTrue();
    }

    /** Bytes that are taken. */
    long usedBytes() throws IOException {
        FileStore store = Files.getFileStore(root);
        return store.getTotalSpace() - store.getUnallocatedSpace();
    }

    private static boolean run(Path at, String options) throws IOException, InterruptedException {
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "tmpfs", at.toString())
                .redirectErrorStream(true)
                .start();
        return mount.waitFor() == 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        ForkedJvm.run("umount", root.toString());
    }
}
