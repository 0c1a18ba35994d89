/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.child;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.ReportJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What an analysis in another JVM sends back: how far it is, again and again, and in the end a report or a failure. */
public sealed interface ChildAnswer {
    /**
     * How far it is.
     *
     * @param phase what is being done
     * @param fraction share of it that is done, 0 to 1
     */
    record Working(String phase, double fraction) implements ChildAnswer {}

    /**
     * It is done.
     *
     * @param report the report; what it says of the capture is for the parent to fill in
     */
    record Done(HeapReport report) implements ChildAnswer {}

    /**
     * It cannot be done.
     *
     * @param message what happened, for people
     */
    record Failed(String message) implements ChildAnswer {}

    /**
     * Sends it.
     *
     * @param out flushed, left open
     * @throws IOException if the stream cannot be written
     */
    default void write(DataOutputStream out) throws IOException {
        if (this instanceof Working working) {
            out.writeByte('W');
            ChildRequest.text(out, working.phase());
            out.writeDouble(working.fraction());
        } else if (this instanceof Done done) {
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            ReportJson.write(done.report(), json);
            out.writeByte('D');
            out.writeInt(json.size());
            json.writeTo(out);
        } else if (this instanceof Failed failed) {
            out.writeByte('F');
            ChildRequest.text(out, failed.message());
        }
        out.flush();
    }

    /**
     * Receives one.
     *
     * @param in left open
     * @return the answer
     * @throws java.io.EOFException if the other side has ended
     * @throws IOException if the stream cannot be read, or holds something else
     */
    static ChildAnswer read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        switch (kind) {
            case 'W':
                return new Working(ChildRequest.text(in), in.readDouble());
            case 'D':
                byte[] json = in.readNBytes(in.readInt());
                return new Done(ReportJson.read(new ByteArrayInputStream(json)));
            case 'F':
                return new Failed(ChildRequest.text(in));
            default:
                throw new IOException("an answer of an unknown kind, " + kind);
        }
    }
}
