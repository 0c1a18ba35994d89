/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "records.h"

#include "ids.h"

void close_segment(void) {
    if (writer.segment != NO_SEGMENT) {
        u4 length = __builtin_bswap32((u4)(writer.used - writer.segment - RECORD_HEADER));
        memcpy(writer.buffer + writer.segment + 5, &length, sizeof length);
        writer.segment = NO_SEGMENT;
    }
}

void record_header(u1 tag, u4 length) {
    put1(tag);
    put4(0); /* microseconds since the header */
    put4(length);
}

void begin_record(u1 tag, u4 length) {
    if (length > LARGE_RECORD) {
        begin_record_alone(tag, length);
        return;
    }
    close_segment();
    writer_end_piece();
    writer_need(RECORD_HEADER + length);
    record_header(tag, length);
}

void begin_record_alone(u1 tag, u4 length) {
    close_segment();
    writer_begin_piece(RECORD_HEADER + (u8)length);
    record_header(tag, length);
}

static void write_name(u8 key, const char *text, u4 length) {
    if (ids_add_name(key)) {
        begin_record(RECORD_UTF8, ids.bytes + length);
        put_name(key);
        writer_bytes(text, length);
    }
}

void write_text(const char *text, u4 length) { write_name((u8)text, text, length); }

void write_symbol(addr symbol) {
    if (symbol != NULL) {
        write_name((u8)symbol, symbol_body(symbol), symbol_length(symbol));
    }
}
