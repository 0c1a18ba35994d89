/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "types.h"

#include "child.h"
#include "chunks.h"
#include "classes.h"
#include "marks.h"
#include "mirrors.h"
#include "walk.h"
#include "writer.h"

#define MAGIC 0x48475459u
#define VERSION 2
#define ADLER_MODULUS 65521u
/* So many bytes can be summed before 32 bits overflow. */
#define ADLER_STRETCH 5552

static struct walk walk;
static u4 adler_low = 1;
static u4 adler_high;

static inline __attribute__((always_inline)) void count(addr object, struct klass *klass, u8 bytes) {
    klass->objects++;
    klass->total_bytes += bytes;
    if (UNLIKELY(bytes > klass->largest)) {
        klass->largest = bytes;
    }
    if (UNLIKELY(klass->address == chunks.virtual_thread)) {
        marks_virtual_thread(&walk, object);
    }
}

/* Adler-32, RFC 1950. */
static void sum(const u1 *from, size_t bytes) {
    while (bytes > 0) {
        size_t now = bytes < ADLER_STRETCH ? bytes : ADLER_STRETCH;
        bytes -= now;
        while (now-- > 0) {
            adler_low += *from++;
            adler_high += adler_low;
        }
        adler_low %= ADLER_MODULUS;
        adler_high %= ADLER_MODULUS;
    }
}

static void room(size_t bytes) {
    if (writer.used + bytes > WRITER_ROOM) {
        sum(writer.buffer, writer.used);
        writer_flush();
    }
}

static void write_class(const struct klass *klass) {
    u4 length = symbol_length(klass->name);
    room(42 + length);
    put8(klass->objects);
    put8(klass->total_bytes);
    put8(klass->largest);
    put8(klass->reached_objects);
    put8(klass->reached_bytes);
    put2((u2)length);
    writer_bytes(symbol_body(klass->name), length);
}

void types_write(int descriptor) {
    writer_open(descriptor, false);
    classes_load(true);
    mirrors_load();
    chunks_load();
    walk_open(&walk);
    walk_all(&walk, count);
    struct marked marked = marks_run(&walk, false);
    u4 present = 0;
    u8 bytes = 0;
    for (u4 i = 0; i < classes.count; i++) {
        present += classes.all[i].objects > 0;
        bytes += classes.all[i].total_bytes;
    }
    put4(MAGIC);
    put4(VERSION);
    put4(present);
    for (u4 i = 0; i < classes.count; i++) {
        if (classes.all[i].objects > 0) {
            write_class(&classes.all[i]);
        }
    }
    room(52);
    put8(walk.objects);
    put8(bytes);
    put8(marked.reached.objects);
    put8(marked.reached.bytes);
    put8(marked.weakly.objects);
    put8(marked.weakly.bytes);
    sum(writer.buffer, writer.used);
    put4(adler_high << 16 | adler_low);
    writer_close(false);
    walk_tell(&walk);
    child_done();
}
