/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.nio.file.FileSystem;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner may read, where there are POSIX permissions. */
final class OwnerOnly {
    private OwnerOnly() {}

    static boolean isPossible(FileSystem files) {
        return files.supportedFileAttributeViews().contains("posix");
    }

    /** What to create a file with: mode 0600, or nothing where there are no such permissions. */
    static FileAttribute<?>[] attributes(FileSystem files) {
        return isPossible(files)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
