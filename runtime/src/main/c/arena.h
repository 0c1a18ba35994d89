/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_ARENA_H
#define HG_ARENA_H

#include "base.h"

/* The child's memory: zeroed, never given back, for the child ends soon. Ends the child by child_fail if there is none. */
void *arena_take(size_t bytes);

/* An array that grows by doubling; what it leaves behind stays taken. */
void *arena_grow(void *array, size_t *capacity, size_t least, size_t element);

/* Whole pages, zeroed. */
void *arena_map(u8 bytes);

/* A list that grows where it is: nothing is left behind. */
struct arena_list {
    u8 *all;
    size_t count;
    size_t room;
};

void arena_widen(struct arena_list *list);

static inline void arena_push(struct arena_list *list, u8 entry) {
    if (UNLIKELY(list->count == list->room)) {
        arena_widen(list);
    }
    list->all[list->count++] = entry;
}

/* More than so many bytes in all end the child. */
void arena_limit(u8 bytes);

/* Bytes taken so far. */
u8 arena_taken(void);

/* A set of addresses, by open addressing; never holds 0. */
struct set {
    u8 *slots;
    u4 mask;
    u4 count;
};

void set_init(struct set *set, u4 expected);
/* True if it was not there yet. */
bool set_add(struct set *set, u8 key);

/* Where a key is that must be in the set: its own for as long as the set does not outgrow what was expected. */
u4 set_place(const struct set *set, u8 key);

static inline bool set_has(const struct set *set, u8 key) {
    for (u4 at = hash_of(key) & set->mask; set->slots[at] != 0; at = (at + 1) & set->mask) {
        if (set->slots[at] == key) {
            return true;
        }
    }
    return false;
}

#endif
