/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "writer.h"

#include <errno.h>
#include <unistd.h>

#include "arena.h"
#include "child.h"

struct writer writer;

void writer_open(int descriptor) { writer_open_file(descriptor, false, NULL); }

void writer_open_file(int descriptor, bool holes, u8 *file_end) {
    memset(&writer, 0, sizeof writer);
    writer.buffer = arena_take(WRITER_ROOM + WRITER_MARGIN);
    writer.descriptor = descriptor;
    writer.file_end = file_end;
    writer.holes = holes;
    writer.segment = NO_SEGMENT;
}

static u8 take_of_file(u8 bytes) { return __atomic_fetch_add(writer.file_end, bytes, __ATOMIC_RELAXED); }

/* Where so many bytes go. */
static u8 place_in_file(u8 bytes) {
    if (writer.piece_left == 0) {
        return take_of_file(bytes);
    }
    u8 place = writer.piece;
    writer.piece += bytes;
    writer.piece_left -= bytes;
    return place;
}

static void write_out(const void *from, size_t bytes) {
    const char *at = from;
    u8 place = writer.file_end == NULL || bytes == 0 ? 0 : place_in_file(bytes);
    while (bytes > 0) {
        ssize_t written = writer.file_end == NULL ? write(writer.descriptor, at, bytes)
                                                  : pwrite(writer.descriptor, at, bytes, (off_t)place);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            child_fail_errno("the snapshot cannot be written", errno);
        }
        at += written;
        place += (u8)written;
        bytes -= (size_t)written;
    }
}

void writer_flush(void) {
    if (writer.segment != NO_SEGMENT) {
        child_fail("a segment of the snapshot's dump is larger than was said", writer.used);
    }
    size_t bytes = writer.used;
    writer.used = 0;
    write_out(writer.buffer, bytes);
}

void writer_begin_piece(u8 bytes) {
    writer_flush();
    writer.piece = take_of_file(bytes);
    writer.piece_left = bytes;
}

void writer_bytes(addr from, u8 bytes) {
    if (bytes > WRITER_ROOM / 2) {
        writer_flush();
        write_out(from, bytes);
        return;
    }
    writer_need(bytes);
    memcpy(writer.buffer + writer.used, from, bytes);
    writer.used += bytes;
}

static void swap(u1 *to, addr from, u8 count, u4 shift) {
    switch (shift) {
        case 1:
            for (u8 i = 0; i < count; i++) {
                u2 value = __builtin_bswap16(AT(u2, from, 2 * i));
                memcpy(to + 2 * i, &value, 2);
            }
            break;
        case 2:
            for (u8 i = 0; i < count; i++) {
                u4 value = __builtin_bswap32(AT(u4, from, 4 * i));
                memcpy(to + 4 * i, &value, 4);
            }
            break;
        default:
            for (u8 i = 0; i < count; i++) {
                u8 value = __builtin_bswap64(AT(u8, from, 8 * i));
                memcpy(to + 8 * i, &value, 8);
            }
            break;
    }
}

void writer_values(addr from, u8 count, u4 shift) {
    if (shift == 0) {
        writer_bytes(from, count);
        return;
    }
    u8 most = WRITER_ROOM >> shift;
    while (count > 0) {
        u8 now = count < most ? count : most;
        writer_need(now << shift);
        swap(writer.buffer + writer.used, from, now, shift);
        writer.used += now << shift;
        from += now << shift;
        count -= now;
    }
}

void writer_zeros(u8 bytes) {
    if (writer_leaves_hole(bytes)) {
        writer_flush();
        place_in_file(bytes);
        return;
    }
    while (bytes > 0) {
        u8 now = bytes < WRITER_ROOM ? bytes : WRITER_ROOM;
        writer_need(now);
        memset(writer.buffer + writer.used, 0, now);
        writer.used += now;
        bytes -= now;
    }
}

void writer_close(bool sync) {
    writer_flush();
    if (sync && fdatasync(writer.descriptor) != 0) {
        child_fail_errno("the snapshot cannot be brought to the disk", errno);
    }
    if (writer.file_end != NULL) {
        child_written(*writer.file_end);
    }
}
