/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a file of JSON lines, or of one JSON array with an object a line, object by object. What is no object is passed over
 * to the end of its line and counted. Not safe for use by several threads.
 */
final class LineReader implements Closeable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 12)
                    .maxNestingDepth(50)
                    .build())
            .build();
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final FileChannel channel;
    private final long end;
    private final boolean withValues;
    private final Line line = new Line();
    private final LongConsumer references = line::reference;
    private final LongConsumer values = line::value;
    private final KnownTexts types = new KnownTexts();
    private JsonParser parser;
    /** Offset in the file at which the parser's input starts. */
    private long base;
    /** Offset behind the last object that was read. */
    private long lastEnd;

    private long junkLines;
    private long firstJunk = -1;

    /**
     * @param channel stays open
     * @param end offset behind the last byte to read
     * @param withValues whether to keep what objects are worth
     */
    LineReader(FileChannel channel, long offset, long end, boolean withValues) {
        this.withValues = withValues;
        this.channel = channel;
        this.end = end;
        parser = open(offset);
    }

    private JsonParser open(long offset) {
        base = offset;
        lastEnd = offset;
        return FACTORY.createParser(ObjectReadContext.empty(), new From(channel, offset, end));
    }

    /** Reads a part of a file, and leaves it open. */
    private static final class From extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long at;

        From(FileChannel channel, long at, long end) {
            this.channel = channel;
            this.at = at;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int most = (int) Math.min(length, end - at);
            int read = most <= 0 ? -1 : channel.read(ByteBuffer.wrap(into, from, most), at);
            at += Math.max(0, read);
            return read;
        }
    }

    /** Lines that are no JSON, or JSON that tells of no object and nothing else that is known. */
    long junkLines() {
        return junkLines;
    }

    /** Offset of the first of them, -1 for none. */
    long firstJunk() {
        return firstJunk;
    }

    /** The next line that is an object of JSON, null at the end. Valid until the next call. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            boolean inObject = false;
            try {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return null;
                }
                if (token == JsonToken.START_OBJECT) {
                    inObject = true;
                    line.clear(base + parser.currentTokenLocation().getByteOffset());
                    read();
                    lastEnd = base + parser.currentLocation().getByteOffset();
                    return line;
                }
                if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    junk(base + parser.currentTokenLocation().getByteOffset());
                }
            } catch (JacksonIOException e) {
                throw e.getCause();
            } catch (JacksonException e) {
                long failed = base + Math.max(0, parser.currentLocation().getByteOffset());
                recover(inObject ? line.offset : -1, failed);
            }
        }
    }

    /** Counts a line that was read but cannot be used. */
    void reject() {
        junk(line.offset);
    }

    private void junk(long offset) {
        junkLines++;
        if (firstJunk < 0) {
            firstJunk = offset;
        }
    }

    /** Starts again behind what cannot be read: commas and brackets between objects, or the rest of the line. */
    private void recover(long objectOffset, long failed) throws IOException {
        if (objectOffset < 0) {
            long behind = behindSeparators(lastEnd);
            if (behind > lastEnd) {
                restart(behind);
                return;
            }
            junk(contentFrom(lastEnd));
            restart(LineParts.afterLine(channel, Math.max(lastEnd, failed - 1)));
        } else {
            junk(objectOffset);
            restart(LineParts.afterLine(channel, objectOffset));
        }
    }

    private void restart(long offset) {
        parser.close();
        parser = open(offset);
    }

    /** Moves over white space, commas and brackets; stays where it is if there is none but white space. */
    private long behindSeparators(long from) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(256);
        channel.read(some, from);
        boolean separated = false;
        for (int i = 0; i < some.position(); i++) {
            byte b = some.get(i);
            if (b == ',' || b == '[' || b == ']') {
                separated = true;
            } else if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return separated ? from + i : from;
            }
        }
        return separated ? from + some.position() : from;
    }

    /** The first byte from an offset on that is no white space. */
    private long contentFrom(long from) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(256);
        channel.read(some, from);
        for (int i = 0; i < some.position(); i++) {
            if (!Character.isWhitespace(some.get(i))) {
                return from + i;
            }
        }
        return from;
    }

    private void read() {
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (key) {
                case "address" -> {
                    line.hasAddress = isWhole(token) && isAddress();
                    line.address = line.hasAddress ? whole() : 0;
                }
                case "type" -> line.type = token == JsonToken.VALUE_STRING ? type() : null;
                case "t" -> line.typeIndex = (int) wholeOr(token, -1);
                case "size" -> line.size = wholeOr(token, -1);
                case "len" -> line.length = (int) Math.min(Integer.MAX_VALUE, wholeOr(token, -1));
                case "value" -> line.value = withValues ? scalar(token) : null;
                case "name" -> name(token);
                case "refs" -> {
                    line.clearReferences();
                    numbers(token, references);
                }
                case "values" -> numbers(token, values);
                default -> other(key, token);
            }
            if (parser.currentToken().isStructStart()) {
                parser.skipChildren(); // what nobody wanted
            }
        }
    }

    private String type() {
        return types.of(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }

    /** The name of a class is its value; the line of a type is known by it. */
    private void name(JsonToken token) {
        if (withValues || !line.hasAddress) {
            Object name = scalar(token);
            line.value = line.value == null ? name : line.value;
            line.others.put("name", name == null ? "" : name);
        }
    }

    private static boolean isWhole(JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT;
    }

    private long wholeOr(JsonToken token, long otherwise) {
        return isWhole(token) ? whole() : otherwise;
    }

    private boolean isAddress() {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER || isUnsigned(parser.getBigIntegerValue());
    }

    private static boolean isUnsigned(BigInteger number) {
        return number.signum() >= 0 && number.compareTo(UNSIGNED) < 0;
    }

    /** Addresses may be unsigned; larger numbers are none of ours. */
    private long whole() {
        if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        BigInteger big = parser.getBigIntegerValue();
        return isUnsigned(big) ? big.longValue() : -1;
    }

    private @Nullable Object scalar(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getString()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** The whole numbers of an array; nothing of anything else. */
    private void numbers(JsonToken token, LongConsumer into) {
        if (token == JsonToken.START_ARRAY) {
            for (JsonToken at = parser.nextToken(); at != JsonToken.END_ARRAY; at = parser.nextToken()) {
                if (isWhole(at)) {
                    into.accept(whole());
                } else if (at.isStructStart()) {
                    parser.skipChildren();
                }
            }
        }
    }

    private void other(String key, JsonToken token) {
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            for (JsonToken at = parser.nextToken(); at != JsonToken.END_ARRAY; at = parser.nextToken()) {
                Object value = at.isStructStart() ? null : scalar(at);
                if (at.isStructStart()) {
                    parser.skipChildren();
                }
                list.add(value == null ? "" : value);
            }
            line.others.put(key, list);
            return;
        }
        Object value = scalar(token);
        if (value != null) {
            line.others.put(key, value);
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
