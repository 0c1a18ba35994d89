/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "arena.h"

#include <sys/mman.h>

#include "child.h"

#define CHUNK ((size_t)1 << 20)

static char *chunk;
static size_t left;
static u8 taken;
static u8 most = UINT64_MAX;

#define FIRST_LIST_BYTES ((size_t)1 << 16)

void arena_limit(u8 bytes) { most = bytes; }

static void count(u8 bytes) {
    taken += bytes;
    if (taken > most) {
        child_fail("the snapshot would need more memory of its own than it may", taken);
    }
}

void *arena_map(u8 bytes) {
    count(bytes);
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        child_fail("no memory for the snapshot's tables", bytes);
    }
    return memory;
}

void *arena_take(size_t bytes) {
    bytes = round_up(bytes, 16);
    if (bytes > CHUNK / 4) {
        return arena_map(round_up(bytes, 4096));
    }
    if (bytes > left) {
        chunk = arena_map(CHUNK);
        left = CHUNK;
    }
    void *memory = chunk;
    chunk += bytes;
    left -= bytes;
    return memory;
}

void *arena_grow(void *array, size_t *capacity, size_t least, size_t element) {
    if (least <= *capacity) {
        return array;
    }
    size_t larger = *capacity * 2 > least ? *capacity * 2 : least;
    void *copy = arena_take(larger * element);
    if (*capacity > 0) {
        memcpy(copy, array, *capacity * element);
    }
    *capacity = larger;
    return copy;
}

void arena_widen(struct arena_list *list) {
    size_t bytes = list->room * sizeof(u8);
    if (bytes == 0) {
        list->all = arena_map(FIRST_LIST_BYTES);
        list->room = FIRST_LIST_BYTES / sizeof(u8);
        return;
    }
    count(bytes);
    void *wider = mremap(list->all, bytes, 2 * bytes, MREMAP_MAYMOVE);
    if (wider == MAP_FAILED) {
        child_fail("no memory for the snapshot's tables", bytes);
    }
    list->all = wider;
    list->room *= 2;
}

u8 arena_taken(void) { return taken; }

void set_init(struct set *set, u4 expected) {
    u4 size = 64;
    while (size / 2 < expected) {
        size *= 2;
    }
    set->slots = arena_take(sizeof(u8) * size);
    set->mask = size - 1;
    set->count = 0;
}

u4 set_place(const struct set *set, u8 key) {
    u4 at = hash_of(key) & set->mask;
    while (set->slots[at] != key) {
        if (set->slots[at] == 0) {
            child_fail("a name of the snapshot has not been written", key);
        }
        at = (at + 1) & set->mask;
    }
    return at;
}

static void rehash(struct set *set) {
    struct set larger;
    set_init(&larger, set->mask + 1);
    for (u4 at = 0; at <= set->mask; at++) {
        if (set->slots[at] != 0) {
            set_add(&larger, set->slots[at]);
        }
    }
    *set = larger;
}

bool set_add(struct set *set, u8 key) {
    u4 at = hash_of(key) & set->mask;
    while (set->slots[at] != 0) {
        if (set->slots[at] == key) {
            return false;
        }
        at = (at + 1) & set->mask;
    }
    set->slots[at] = key;
    if (++set->count > set->mask / 2) {
        rehash(set);
    }
    return true;
}
