/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "map.h"

#include <sys/mman.h>

#include "arena.h"
#include "walk.h"

struct mapped mapped;

void map_open(const struct spaces *spaces) {
    if (spaces->count > 0) {
        mapped.low = spaces->all[0].start;
        mapped.high = spaces->all[spaces->count - 1].end;
    }
    mapped.shift = vm.compact_headers && vm.alignment == 8 ? 3 : 4;
}

void map_init(struct map *map) {
    map->bytes = round_up(((u8)(mapped.high - mapped.low) >> mapped.shift) / 8 + 1, 4096);
    map->words = arena_map(map->bytes);
}

void map_copy(const struct map *to, const struct map *from) { memcpy(to->words, from->words, from->bytes); }

/* Zeros again, for the price of the pages that were used. */
void map_forget_all(const struct map *map) { madvise(map->words, map->bytes, MADV_DONTNEED); }

void map_remove(const struct map *map, addr object) {
    if (map_covers(object)) {
        map->words[map_bit(object) >> 6] &= ~(1ull << (map_bit(object) & 63));
    }
}

/* A bit stands for two places where an object may begin. */
static addr object_of(u8 bit) {
    addr first = mapped.low + (bit << mapped.shift);
    bool is_there = walk_object_bytes(first, mapped.high) > 0;
    return is_there ? first : first + vm.alignment;
}

void map_each(const struct map *map, void (*found)(addr object)) {
    for (u8 word = 0; word < map->bytes / 8; word++) {
        for (u8 left = map->words[word]; UNLIKELY(left != 0); left &= left - 1) {
            found(object_of(64 * word + (u8)__builtin_ctzll(left)));
        }
    }
}
