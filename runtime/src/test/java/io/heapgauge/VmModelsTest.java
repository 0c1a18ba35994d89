/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.layout.VmModel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Timeout(60)
class VmModelsTest {
    private static final boolean PACKED = Runtime.version().feature() >= 23;

    private static String modelOf(String... vmOptions) throws Exception {
        Process process = ForkedJvm.start(TellModel.class, List.of(vmOptions));
        String line = ForkedJvm.firstLine(process);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return line;
    }

    @Test
    void theDefaults() throws Exception {
        assertThat(modelOf()).isEqualTo(new VmModel(12, 4, 8, PACKED).toString());
    }

    @Test
    void withoutCompressedReferences() throws Exception {
        assertThat(modelOf("-XX:-UseCompressedOops")).isEqualTo(new VmModel(12, 8, 8, PACKED).toString());
    }

    @Test
    void withoutCompressedClassPointers() throws Exception {
        assertThat(modelOf("-XX:-UseCompressedClassPointers", "-XX:-UseCompressedOops"))
                .isEqualTo(new VmModel(16, 8, 8, PACKED).toString());
    }

    @Test
    void withWiderAlignment() throws Exception {
        assertThat(modelOf("-XX:ObjectAlignmentInBytes=16")).isEqualTo(new VmModel(12, 4, 16, PACKED).toString());
    }

    @Test
    void zgcHasWideReferences() throws Exception {
        assertThat(modelOf("-XX:+UseZGC")).isEqualTo(new VmModel(12, 8, 8, PACKED).toString());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void withCompactObjectHeaders() throws Exception {
        assertThat(modelOf("-XX:+UseCompactObjectHeaders")).isEqualTo(new VmModel(8, 4, 8, true).toString());
    }

    /** Prints the model of its VM. */
    static final class TellModel {
        public static void main(String[] args) {
            System.out.println(VmModels.ofThisVm());
        }
    }
}
