/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A small web shop whose session cache grows, measured by heapgauge. Runs until it is stopped; with {@code --once} until
 * its first report, and then exits with 0, or with 1 when no report came in time.
 */
@SpringBootApplication
public class DemoApplication {
    private static final String ONCE = "--once";

    /** Created by Spring. */
    public DemoApplication() {}

    /**
     * Starts the service.
     *
     * @param args {@code --once}, and Spring Boot's arguments
     * @throws InterruptedException if somebody interrupts the main thread
     * @throws IOException if the flight recording cannot be written
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        boolean once = List.of(args).contains(ONCE);
        SpringApplication application = new SpringApplication(DemoApplication.class);
        application.addInitializers(new FreePort());
        ConfigurableApplicationContext context = application.run(args);
        if (context.getEnvironment().getProperty("demo.ends-with-parent", Boolean.class, false)) {
            ProcessHandle.current().parent().ifPresent(DemoApplication::endWith);
        }
        if (once) {
            int status;
            try (context) {
                status = firstReport(context);
            }
            System.exit(status);
        }
    }

    /** A build tool that is killed does not take along what it started. */
    private static void endWith(ProcessHandle parent) {
        parent.onExit().thenRun(() -> System.exit(0));
    }

    private static int firstReport(ConfigurableApplicationContext context) throws InterruptedException, IOException {
        Duration limit = context.getEnvironment().getRequiredProperty("demo.report-limit", Duration.class);
        if (!context.getBean(Console.class).awaitFirstReport(limit)) {
            System.err.println("no report within " + limit.toSeconds() + " s");
            return 1;
        }
        context.getBean(FlightRecording.class).dump();
        return 0;
    }
}
