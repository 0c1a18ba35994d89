/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_RECORDS_H
#define HG_RECORDS_H

#include "base.h"
#include "classes.h"
#include "writer.h"

/* The frame of an hprof file: records, segments of sub-records, and names. */

enum record {
    RECORD_UTF8 = 0x01,
    RECORD_LOAD_CLASS = 0x02,
    RECORD_FRAME = 0x04,
    RECORD_TRACE = 0x05,
    RECORD_SEGMENT = 0x1C,
    RECORD_END = 0x2C
};

enum sub_record {
    ROOT_JNI_GLOBAL = 0x01,
    ROOT_JNI_LOCAL = 0x02,
    ROOT_JAVA_FRAME = 0x03,
    ROOT_STICKY_CLASS = 0x05,
    ROOT_MONITOR = 0x07,
    ROOT_THREAD = 0x08,
    ROOT_UNKNOWN = 0xFF,
    CLASS_DUMP = 0x20,
    INSTANCE_DUMP = 0x21,
    OBJECT_ARRAY_DUMP = 0x22,
    PRIMITIVE_ARRAY_DUMP = 0x23,
    PRIMITIVE_ARRAY_NODATA_DUMP = 0xC3 /* as Android has it */
};

/* What is larger is written piece by piece, a sub-record in a segment of its own, whose length is known before. */
#define LARGE_RECORD (WRITER_ROOM / 4)
#define RECORD_HEADER 9
/* Serial number of a stack trace without frames, of no thread. */
#define EMPTY_TRACE 1

/* A record in pieces, or one that ends with a hole, is alone. */
void begin_record(u1 tag, u4 length);
void begin_record_alone(u1 tag, u4 length);
void close_segment(void);
void record_header(u1 tag, u4 length);

/* Room for a sub-record in a segment; one that is alone or large is followed by another segment. */
static inline void begin_sub_record(u8 bytes, bool alone) {
    if (UNLIKELY(alone || bytes > LARGE_RECORD)) {
        begin_record_alone(RECORD_SEGMENT, (u4)bytes);
        return;
    }
    if (UNLIKELY(writer.used + bytes + RECORD_HEADER > WRITER_ROOM)) {
        close_segment();
        writer_flush();
    }
    if (UNLIKELY(writer.segment == NO_SEGMENT)) {
        writer_end_piece();
        writer.segment = writer.used;
        record_header(RECORD_SEGMENT, 0);
    }
}

/* Writes a text under its address. */
void write_text(const char *text, u4 length);

/* Writes a Symbol under its address, the first time it is met. */
void write_symbol(addr symbol);

/* Serial number of a class, 0 for NULL. */
static inline u4 class_serial(const struct klass *klass) { return klass == NULL ? 0 : (u4)(klass - classes.all) + 1; }

#endif
