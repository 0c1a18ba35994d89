/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#define ADLER_MODULUS 65521u
/* So many bytes can be summed before 32 bits overflow. */
#define ADLER_STRETCH 5552

static u4 adler_low = 1;
static u4 adler_high;

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

void message_open(int descriptor) { writer_open(descriptor); }

void message_room(size_t bytes) {
    if (writer.used + bytes > WRITER_ROOM) {
        sum(writer.buffer, writer.used);
        writer_flush();
    }
}

void message_divert(int descriptor) {
    writer.descriptor = descriptor;
    writer.used = 0;
}

void message_close(void) {
    message_room(4);
    sum(writer.buffer, writer.used);
    put4(adler_high << 16 | adler_low);
    writer_close(false);
}
