/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_MAP_H
#define HG_MAP_H

#include "spaces.h"
#include "vm.h"

/*
 * A set of objects: one bit for each 16 bytes of the heap's addresses, for no object is smaller; with compact headers one for
 * each 8.
 */
struct map {
    u8 *words;
    u8 bytes;
};

/* What all maps cover. */
struct mapped {
    addr low, high;
    int shift;
};

extern struct mapped mapped;

/* Once, before any other. */
void map_open(const struct spaces *spaces);

void map_init(struct map *map);
void map_copy(const struct map *to, const struct map *from);
void map_forget_all(const struct map *map);
void map_remove(const struct map *map, addr object);

/* Calls for each object that is in the map. Their classes must be loaded. */
void map_each(const struct map *map, void (*found)(addr object));

static inline bool map_covers(addr object) { return object >= mapped.low && object < mapped.high; }

static inline u8 map_bit(addr object) { return (u8)(object - mapped.low) >> mapped.shift; }

static inline bool map_has(const struct map *map, addr object) {
    return map_covers(object) && ((map->words[map_bit(object) >> 6] >> (map_bit(object) & 63)) & 1);
}

/* True if it was not there yet. The map must cover the object. */
static inline bool map_add(const struct map *map, addr object) {
    u8 bit = map_bit(object);
    u8 mask = 1ull << (bit & 63);
    if (map->words[bit >> 6] & mask) {
        return false;
    }
    map->words[bit >> 6] |= mask;
    return true;
}

#endif
