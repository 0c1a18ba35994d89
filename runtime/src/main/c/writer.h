/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_WRITER_H
#define HG_WRITER_H

#include "base.h"
#include "vm.h"

/*
 * A file of big-endian records behind a buffer. Callers reserve room before they put; large contents go by writer_bytes and
 * the like, which need no room. Any failure ends the child.
 */

#define WRITER_ROOM ((size_t)1 << 20)

struct writer {
    u1 *buffer;
    size_t used;
    u8 flushed;
    int descriptor;
    bool holes; /* the file may have holes where zeros would be */
};

extern struct writer writer;

void writer_open(int descriptor, bool holes);
void writer_flush(void);

/* Room for at least so many bytes, at most WRITER_ROOM. */
static inline void writer_need(size_t bytes) {
    if (UNLIKELY(writer.used + bytes > WRITER_ROOM)) {
        writer_flush();
    }
}

static inline void put1(u1 value) { writer.buffer[writer.used++] = value; }

static inline void put2(u2 value) {
    value = __builtin_bswap16(value);
    memcpy(writer.buffer + writer.used, &value, 2);
    writer.used += 2;
}

static inline void put4(u4 value) {
    value = __builtin_bswap32(value);
    memcpy(writer.buffer + writer.used, &value, 4);
    writer.used += 4;
}

static inline void put8(u8 value) {
    value = __builtin_bswap64(value);
    memcpy(writer.buffer + writer.used, &value, 8);
    writer.used += 8;
}

static inline void put_address(addr address) { put8((u8)address); }

/* Contents of any length. */
void writer_bytes(addr from, u8 bytes);
/* Values of 1 << shift bytes each, turned to big-endian. */
void writer_values(addr from, u8 count, u4 shift);
/* References, each as an address. */
void writer_references(addr from, u8 count);
/* Zeros, a hole in the file where there are many. */
void writer_zeros(u8 bytes);

/* Whether so many zeros become a hole. A smaller one would save no block worth the system calls. */
#define WRITER_SMALLEST_HOLE ((u8)1 << 14)
static inline bool writer_leaves_hole(u8 zeros) { return writer.holes && zeros >= WRITER_SMALLEST_HOLE; }

static inline u8 writer_position(void) { return writer.flushed + writer.used; }

/* Flushes, and brings all to the disk if asked to. */
void writer_close(bool sync);

#endif
