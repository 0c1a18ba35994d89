/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same numbers under every garbage collector of every JDK. */
@Tag("once")
class CollectorsIT {
    private static final ObjectName GAUGE = JmxClient.gauge("it");
    private static final int SESSIONS = 20_000;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("jdksAndCollectors")
    void types_and_roots_are_counted_exactly(Jdk jdk, String collectorFlag) throws Exception {
        try (RunningService service = RunningService.start(jdk, directory, collectorFlag)) {
            service.grow(SESSIONS);
            service.open();

            service.jmx().invoke(GAUGE, "capture", "");

            Map<String, CompositeData> types = service.jmx().table(GAUGE, "TopTypes");
            assertThat(types.get(EmbeddingService.Session.class.getName()).get("objects"))
                    .isEqualTo((long) SESSIONS);
            assertThat((Long) types.get("byte[]").get("bytes")).isGreaterThan(1_000L * SESSIONS);
            assertThat((Long) types.get("byte[]").get("objects")).isGreaterThan(SESSIONS);
            assertThat((Long) types.get("long[]").get("objects")).isGreaterThanOrEqualTo(EmbeddingService.CATALOG_ROWS);
            Map<String, CompositeData> roots = service.jmx().table(GAUGE, "Roots");
            assertThat(roots.get("sessions").get("ownedObjects"))
                    .isEqualTo(EmbeddingService.SessionStore.objects(SESSIONS));
            assertThat(roots.get("sessions").get("reachableObjects"))
                    .isEqualTo(EmbeddingService.SessionStore.objects(SESSIONS));
            assertThat(roots.get("catalog").get("ownedObjects")).isEqualTo(EmbeddingService.CATALOG_ROWS + 1L);
            assertThat(roots.get("orders").get("ownedObjects")).isEqualTo((long) EmbeddingService.ORDERS);
            assertThat((Long) roots.get("worker").get("ownedObjects")).isGreaterThan(EmbeddingService.ORDERS);
        }
    }

    private static Stream<Arguments> jdksAndCollectors() {
        return Jdk.all().stream()
                .flatMap(jdk -> Stream.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseSerialGC", "-XX:+UseZGC")
                        .map(collector -> Arguments.of(jdk, collector)));
    }
}
