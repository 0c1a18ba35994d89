/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnerOnlyTest {
    @TempDir
    Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryIsUsedWhereNoTemporaryFileCanBeMade() throws Exception {
        Path own = Files.createDirectory(directory.resolve("own"));
        OwnerOnlyTestSupport.close(own);
        Process checker = ForkedJvm.start(
                Checker.class, List.of("-Djava.io.tmpdir=" + directory.resolve("missing")), own.toString());
        try {
            assertThat(ForkedJvm.firstLine(checker)).isEqualTo("ours");
        } finally {
            checker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Says whether a directory that exists can be used. */
    static final class Checker {
        public static void main(String[] args) throws Exception {
            OwnerOnly.ensureDirectory(Path.of(args[0]));
            System.out.println("ours");
        }
    }
}
