/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import io.heapgauge.CaptureFailure;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.ReportText;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Prints every report as plain text, and once where else it can be seen. A listener is all it takes: one bean. */
@Component
public class Console implements HeapReportListener {
    private static final int TYPES_SHOWN = 12;
    private static final String RULE = "-".repeat(100);

    private final Environment environment;
    private final CountDownLatch firstReport = new CountDownLatch(1);

    /**
     * A console for one service.
     *
     * @param environment knows the port once the service listens
     */
    public Console(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onReport(HeapReport report) {
        if (report.capture().product() == CaptureProduct.TYPES) {
            return; // these come every few minutes, for the dashboards
        }
        StringBuilder text = new StringBuilder();
        text.append('\n').append(RULE).append('\n');
        text.append(ReportText.render(report, TYPES_SHOWN));
        text.append(RULE).append('\n');
        if (firstReport.getCount() > 0) {
            text.append(whereToLook());
        }
        System.out.print(text);
        System.out.flush();
        firstReport.countDown();
    }

    @Override
    public void onFailure(CaptureFailure failure) {
        System.out.println("no report: " + failure.message());
    }

    /**
     * Waits for the first report.
     *
     * @param limit how long at most
     * @return whether it came
     * @throws InterruptedException if the waiting thread is interrupted
     */
    boolean awaitFirstReport(Duration limit) throws InterruptedException {
        return firstReport.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String whereToLook() {
        return """
                The same, elsewhere (the next report follows within a minute; Ctrl-C stops the demo):
                  http://127.0.0.1:%1$s/actuator/heapgauge/dashboard   in a browser
                  curl -s http://127.0.0.1:%1$s/actuator/heapgauge
                  curl -s -H 'Content-Type: application/json' -d '{}' http://127.0.0.1:%1$s/actuator/heapgauge
                  curl -s http://127.0.0.1:%1$s/actuator/prometheus | grep ^heapgauge_
                  kill -USR1 %2$d
                  jconsole %2$d        (MBeans, io.heapgauge, HeapGauge, demo)
                  jcmd %2$d JFR.dump name=%3$s filename=/tmp/demo.jfr && jfr print --events 'io.heapgauge.*' /tmp/demo.jfr

                """.formatted(
                        environment.getProperty("local.server.port"),
                        ProcessHandle.current().pid(),
                        FlightRecording.NAME);
    }
}
