/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_WRITER_H
#define HG_WRITER_H

#include "base.h"
#include "vm.h"

/*
 * A file of big-endian records behind a buffer. Callers reserve room before they put; large contents go by writer_bytes and
 * the like, which need no room. Any failure ends the child.
 */

#ifndef WRITER_ROOM /* a test has a small one */
#define WRITER_ROOM ((size_t)1 << 20)
#endif

/* Behind the buffer there is so much more, for stores of eight bytes of which fewer count. */
#define WRITER_MARGIN 8

#define NO_SEGMENT ((size_t)-1)

struct writer {
    u1 *buffer;
    size_t used;
    int descriptor;
    u8 *file_end; /* of a file: where the next piece goes, shared by all who write it; NULL of a pipe */
    u8 piece;     /* of a piece that was taken ahead: where it goes on, */
    u8 piece_left; /* and what is still to come of it */
    bool holes;   /* the file may have holes where zeros would be */
    size_t segment; /* where in the buffer the open segment's header is, or NO_SEGMENT; as long as one is open nothing goes out */
};

extern struct writer writer;

void writer_open(int descriptor);
void writer_open_file(int descriptor, bool holes, u8 *file_end);
void writer_flush(void);

/* Flushes, and takes so much of the file for what comes next, that nothing of others gets in between. */
void writer_begin_piece(u8 bytes);

/* To be called when all of a piece has been put. */
static inline void writer_end_piece(void) {
    if (UNLIKELY(writer.piece_left > 0)) {
        writer_flush();
    }
}

/* Room for so many bytes, at most WRITER_ROOM; not for more than will be put, for the room of a sub-record is counted. */
static inline void writer_need(size_t bytes) {
    if (UNLIKELY(writer.used + bytes > WRITER_ROOM)) {
        writer_flush();
    }
}

/* Stores a value and gives the place behind it: for loops, which keep the place in a register. */
static inline u1 *store1(u1 *to, u1 value) {
    *to = value;
    return to + 1;
}

static inline u1 *store2(u1 *to, u2 value) {
    value = __builtin_bswap16(value);
    memcpy(to, &value, 2);
    return to + 2;
}

static inline u1 *store4(u1 *to, u4 value) {
    value = __builtin_bswap32(value);
    memcpy(to, &value, 4);
    return to + 4;
}

static inline u1 *store8(u1 *to, u8 value) {
    value = __builtin_bswap64(value);
    memcpy(to, &value, 8);
    return to + 8;
}

static inline u1 *writer_place(void) { return writer.buffer + writer.used; }
static inline void writer_move(const u1 *to) { writer.used = (size_t)(to - writer.buffer); }

static inline void put1(u1 value) { writer_move(store1(writer_place(), value)); }
static inline void put2(u2 value) { writer_move(store2(writer_place(), value)); }
static inline void put4(u4 value) { writer_move(store4(writer_place(), value)); }
static inline void put8(u8 value) { writer_move(store8(writer_place(), value)); }

/* Contents of any length. */
void writer_bytes(addr from, u8 bytes);
/* Values of 1 << shift bytes each, turned to big-endian. */
void writer_values(addr from, u8 count, u4 shift);
/* Zeros, a hole in the file where there are many. */
void writer_zeros(u8 bytes);

/* Whether so many zeros become a hole. A smaller one would save no block worth the system calls. */
#define WRITER_SMALLEST_HOLE ((u8)1 << 14)
static inline bool writer_leaves_hole(u8 zeros) { return writer.holes && zeros >= WRITER_SMALLEST_HOLE; }

/* Flushes, and brings a file to the disk if asked to. */
void writer_close(bool sync);

#endif
