/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "ids.h"

#include "arena.h"
#include "records.h"

/* HprofScanner reads this: a digit for the shift, and the base in hexadecimal. */
static const char FORM[] = "heapgauge ids: 0x0000000000000000 + (id << 0), zeros left out";
#define BASE_AT 17
#define BASE_DIGITS 16
#define SHIFT_AT 43

struct ids ids;

static struct set names;

void ids_open(bool brief) {
    ids.brief = brief;
    ids.narrow = brief && vm.narrow_oops;
    ids.bytes = ids.narrow ? 4 : 8;
}

/* A place in the set is a name's number, for which the set must not grow. */
void ids_expect_names(u4 most) { set_init(&names, most + 1); }

bool ids_add_name(u8 key) { return set_add(&names, key); }

void put_name(u8 key) { put_wide(ids.narrow && key != 0 ? set_place(&names, key) + 1 : key); }

void put_references(addr from, u8 count) {
    if (ids.narrow) {
        writer_values(from, count, 2);
        return;
    }
    u8 most = WRITER_ROOM / 8;
    while (count > 0) {
        u8 now = count < most ? count : most;
        writer_need(now * 8);
        u1 *to = writer_place();
        for (u8 i = 0; i < now; i++, from += vm.oop_bytes) {
            to = store8(to, (u8)oop_at(from));
        }
        writer_move(to);
        count -= now;
    }
}

void ids_write_form(void) {
    if (!ids.brief) {
        return;
    }
    char text[sizeof FORM];
    memcpy(text, FORM, sizeof FORM);
    u8 base = ids.narrow ? (u8)vm.oop_base : 0;
    for (int i = 0; i < BASE_DIGITS; i++) {
        text[BASE_AT + i] = "0123456789abcdef"[base >> (4 * (BASE_DIGITS - 1 - i)) & 0xf];
    }
    text[SHIFT_AT] = (char)('0' + (ids.narrow ? vm.oop_shift : 0));
    begin_record(RECORD_UTF8, ids.bytes + sizeof FORM - 1);
    put_wide(0);
    writer_bytes(text, sizeof FORM - 1);
}
