/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    private static final HeapReport SPARSE =
            SampleReports.typesOnly(new Size(Long.MAX_VALUE, 1L << 60), 9, new TypeSummary("a.A", 1, 2, 3, null));

    @Test
    void a_report_comes_back_as_it_went() throws IOException {
        HeapReport full = SampleReports.full();
        assertThat(ReportJson.fromJson(ReportJson.toJson(full))).isEqualTo(full);
        assertThat(ReportJson.fromJson(ReportJson.toJson(SPARSE))).isEqualTo(SPARSE);
    }

    @Test
    void the_names_are_these() {
        assertThat(ReportJson.toJson(SampleReports.full())).isEqualTo("""
                        {"schema":1,"capture":{"gauge":"shop","engine":"hotspot","trigger":"jmx",\
                        "label":"nightly \\"run\\"","startedAt":"2026-11-24T03:19:10.123456789Z",\
                        "captureNanos":812000000,"pauseNanos":640000000,"pauseSource":"observed-gap",\
                        "product":"dump","dumpBytes":1610612736,"dumpName":"shop-4711.hprof","jvm":{"name":"OpenJDK 64-Bit Server VM",\
                        "version":"17.0.15+6","collectors":"G1 Young Generation, G1 Old Generation","pid":4711},\
                        "memory":{"before":{"heapUsed":1000,"heapCommitted":4000,"resident":9000,\
                        "peakResident":null,"groupUsed":null,"groupLimit":null,"minorFaults":null},\
                        "after":{"heapUsed":1010,"heapCommitted":4000,"resident":9020,"peakResident":9500,\
                        "groupUsed":12000,"groupLimit":16000,\
                        "minorFaults":77}}},\
                        "analysis":{"level":"retained","levelReason":"asked for","shallowSizes":"the VM's flags",\
                        "analysisNanos":1240000000,"scratchBytes":2048,"classes":68,"references":12000,\
                        "missingReferences":3,"duplicateObjects":1},\
                        "totals":{"all":{"objects":100,"bytes":4000},"reachable":{"objects":70,"bytes":3000},\
                        "weaklyHeld":{"objects":10,"bytes":200},"byReference":{"soft":{"objects":2,"bytes":20},\
                        "weak":{"objects":7,"bytes":150},"finalizable":{"objects":0,"bytes":0},\
                        "phantom":{"objects":1,"bytes":30}},"notReached":{"objects":20,"bytes":800}},\
                        "types":[{"type":"byte[]","objects":50,"bytes":2000,"largest":1016,\
                        "reachable":{"objects":40,"bytes":1800}},\
                        {"type":"java.lang.String","objects":48,"bytes":1152,"largest":24,\
                        "reachable":{"objects":29,"bytes":696}},\
                        {"type":"com.acme.Ünïcode","objects":2,"bytes":848,"largest":424,"native":65536,\
                        "reachable":{"objects":1,"bytes":424}}],"typeCount":3,\
                        "roots":[{"name":"sessions","spec":"registered:sessions","state":"measured","detail":null,\
                        "starts":1,"reachable":{"objects":10,"bytes":100,\
                        "types":[{"type":"com.acme.Session","objects":6,"bytes":60,"largest":10,"reachable":null},\
                        {"type":"com.acme.Product","objects":4,"bytes":40,"largest":10,"reachable":null}],\
                        "typeCount":2},"owned":{"objects":6,"bytes":60,\
                        "types":[{"type":"com.acme.Session","objects":6,"bytes":60,"largest":10,"reachable":null}],\
                        "typeCount":1},"retained":{"objects":5,"bytes":50}},{"name":"catalog","spec":"static:com.acme.Catalog#INSTANCE","state":"gone",\
                        "detail":"no class com.acme.Catalog","starts":0,"reachable":null,"owned":null,\
                        "retained":null}],"retainers":[{"id":"0x7f00a8","type":"com.acme.Session","shallow":10,\
                        "retained":50,"dominator":null},{"id":"0x7f00b8","type":"byte[]","shallow":40,"retained":40,\
                        "dominator":"0x7f00a8"}],"heldByRoots":[{"type":"com.acme.Session","objects":3,"bytes":30,\
                        "retained":2900}],"growth":null}""");
    }

    @Test
    void the_types_alone_have_the_totals_of_everything() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportJson.writeTypes(SampleReports.full(), 1, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        {"objects":100,"bytes":4000,"types":[\
                        {"type":"byte[]","objects":50,"bytes":2000,"largest":1016}]}""");
    }

    @Test
    void the_roots_alone_are_written_as_in_the_report() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportJson.writeRoots(SampleReports.full(), out);
        String all = ReportJson.toJson(SampleReports.full());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"objects\":100,\"bytes\":4000,"
                        + all.substring(all.indexOf("\"roots\":"), all.indexOf(",\"retainers\":")) + "}");
    }

    @Test
    void fields_that_earlier_writers_did_not_know_may_be_missing() throws IOException {
        String json = ReportJson.toJson(SampleReports.full())
                .replace("\"product\":\"dump\",", "")
                .replaceAll(",\"dominator\":(null|\"0x[0-9a-f]+\")", "")
                .replaceAll("\"heldByRoots\":\\[.*?],", "");
        assertThat(json).doesNotContain("dominator").doesNotContain("heldByRoots");
        HeapReport report = ReportJson.fromJson(json);
        assertThat(report.retainers()).hasSize(2).allMatch(object -> object.dominatorId() == 0);
        assertThat(report.heldByRoots()).isEmpty();
    }

    @Test
    void fields_of_a_later_version_are_skipped() throws IOException {
        String json = ReportJson.toJson(SPARSE);
        String later = json.substring(0, json.length() - 1) + ",\"weather\":{\"perHour\":[1.5,true,null,{}]}}";
        assertThat(ReportJson.fromJson(later)).isEqualTo(SPARSE);
    }

    @Test
    void a_report_that_cannot_be_read_says_why() {
        String json = ReportJson.toJson(SampleReports.full());
        assertRefused(json.replace("\"schema\":1", "\"schema\":2"), "schema 2: this version reads schema 1");
        assertRefused(json.replace("\"engine\":\"hotspot\",", ""), "'capture.engine' is missing");
        assertRefused(json.replace("\"largest\":24", "\"largest\":\"24\""), "'types[1].largest' is not a whole number");
        assertRefused(
                json.replace("\"level\":\"retained\"", "\"level\":\"psychic\""),
                "'analysis.level' is unknown: psychic");
        assertRefused(json.replace("\"typeCount\":3,", "\"typeCount\":3000000000,"), "'typeCount' is out of range");
        assertRefused(json.replace("03:19:10", "25:19:10"), "'capture.startedAt' is no instant");
        assertRefused(json.substring(0, json.length() / 2), "no JSON");
        assertRefused(json + "{}", "something follows");
        assertRefused("[1]", "no JSON object");
        assertRefused("", "no JSON object");
    }

    @Test
    void the_stream_stays_open() throws IOException {
        ByteArrayInputStream in =
                new ByteArrayInputStream(ReportJson.toJson(SPARSE).getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public void close() {
                        throw new AssertionError("closed");
                    }
                };
        assertThat(ReportJson.read(in)).isEqualTo(SPARSE);
    }

    @Test
    void a_failing_stream_fails_as_it_does() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("pipe broken");
            }
        };
        InputStream torn = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("tape torn");
            }
        };
        assertThatThrownBy(() -> ReportJson.write(SPARSE, broken))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("pipe broken");
        assertThatThrownBy(() -> ReportJson.read(torn))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("tape torn");
    }

    private static void assertRefused(String json, String message) {
        assertThatIOException().isThrownBy(() -> ReportJson.fromJson(json)).withMessageContaining(message);
    }
}
