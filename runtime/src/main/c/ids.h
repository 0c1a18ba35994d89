/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_IDS_H
#define HG_IDS_H

#include "fields.h"
#include "rules.h"
#include "vm.h"
#include "writer.h"

/*
 * How a dump names things. As HotSpot does, everything by its address in eight bytes. Or, where nobody but our own analysis
 * reads the file, in brief: where references are compressed, objects as these have them and names by numbers, all in four bytes;
 * the first record tells how to get the addresses back. A brief dump also has nothing in it that would be zero because contents
 * are left out: a class has only the fields that its instances' records hold, and the size of an instance in the heap, as the
 * sum of its fields no longer tells it; an array of primitives has its length.
 */

struct ids {
    u4 bytes;
    bool brief;
    bool narrow;
};

extern struct ids ids;

void ids_open(bool brief);

/* To be called before the first name: at most so many will be written. */
void ids_expect_names(u4 most);

/* Bytes of a value in the dump. */
static inline u4 ids_value_bytes(u1 type) { return type == TYPE_REFERENCE ? ids.bytes : TYPE_BYTES[type]; }

/* Whether the record of an instance has a place for a value. */
static inline bool ids_give_place(u1 fate) { return fate != FATE_ZEROED || !ids.brief; }

/* Stores what is as wide as an id. */
static inline u1 *store_wide(u1 *to, u8 value, bool narrow) { return narrow ? store4(to, (u4)value) : store8(to, value); }

static inline u1 *store_object(u1 *to, addr object, bool narrow) {
    u8 id = narrow && object != NULL ? (u8)(object - vm.oop_base) >> vm.oop_shift : (u8)object;
    return store_wide(to, id, narrow);
}

/* Stores the reference at a place in the heap. */
static inline u1 *store_reference(u1 *to, addr place, bool narrow) {
    return narrow ? store4(to, AT(u4, place, 0)) : store8(to, (u8)oop_at(place));
}

static inline void put_wide(u8 value) { writer_move(store_wide(writer_place(), value, ids.narrow)); }
static inline void put_object(addr object) { writer_move(store_object(writer_place(), object, ids.narrow)); }

/* A name by the address of its text or its Symbol, 0 for none. */
void put_name(u8 key);

/* The references at a place, of any number. */
void put_references(addr from, u8 count);

/* Writes the record that tells of a brief dump, if it is one. */
void ids_write_form(void);

/* Notes a name; true the first time. */
bool ids_add_name(u8 key);

#endif
