/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "chunks.h"

/* HotSpot's stackChunkOopDesc: once a collector has seen a chunk, a bitmap behind the stack tells its references. */
#define FLAG_HAS_BITMAP (1u << 4)
/* No stack has more chunks than this; a longer chain is none. */
#define MOST_CHUNKS 100000

struct chunks chunks;

void chunks_load(void) {
    for (u4 i = 0; i < classes.count && classes.stack_chunk != NULL; i++) {
        addr klass = classes.all[i].address;
        if (symbol_is(classes.all[i].name, "java/lang/VirtualThread")) {
            chunks.virtual_thread = klass;
            chunks.continuation = field_offset(klass, "cont");
        } else if (symbol_is(classes.all[i].name, "jdk/internal/vm/Continuation")) {
            chunks.tail = field_offset(klass, "tail");
        }
    }
    if (classes.stack_chunk != NULL) {
        chunks.parent = field_offset(classes.stack_chunk, "parent");
        chunks.sp = field_offset(classes.stack_chunk, "sp");
        chunks.flags = field_offset(classes.stack_chunk, "flags");
    }
    if (chunks.continuation == 0 || chunks.tail == 0 || chunks.parent == 0 || chunks.sp == 0 || chunks.flags == 0) {
        chunks.virtual_thread = NULL;
    }
}

static bool is_object(const struct walk *walk, addr at) {
    u4 low = 0;
    u4 high = walk->spaces.count;
    if (((u8)at & (vm.alignment - 1)) != 0) {
        return false;
    }
    while (low < high) {
        u4 middle = (low + high) / 2;
        if (walk->spaces.all[middle].end <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < walk->spaces.count && walk->spaces.all[low].start <= at
           && walk_object_bytes(at, walk->spaces.all[low].end) > 0;
}

static void by_bitmap(addr stack, u8 words, u8 from_word, void (*found)(addr object)) {
    const u8 *bitmap = (const u8 *)(stack + 8 * words);
    u8 slots_per_word = 8 / vm.oop_bytes;
    for (u8 bit = from_word * slots_per_word; bit < words * slots_per_word; bit++) {
        if ((bitmap[bit / 64] >> (bit % 64)) & 1) {
            addr object = oop_at(stack + bit * vm.oop_bytes);
            if (object != NULL) {
                found(object);
            }
        }
    }
}

/* A young chunk tells nothing. What looks like a reference to an object is taken for one. */
static void by_looks(const struct walk *walk, addr stack, u8 words, u8 from_word, void (*found)(addr object)) {
    for (u8 word = from_word; word < words; word++) {
        addr wide = AT(addr, stack, 8 * word);
        if (is_object(walk, wide)) {
            found(wide);
            continue;
        }
        for (u4 half = 0; vm.narrow_oops && half < 2; half++) {
            addr narrow = oop_at(stack + 8 * word + 4 * half);
            if (narrow != NULL && is_object(walk, narrow)) {
                found(narrow);
            }
        }
    }
}

static void visit_chunk(const struct walk *walk, addr chunk, void (*found)(addr object)) {
    struct klass *klass = class_of(chunk);
    if (klass == NULL || klass->address != classes.stack_chunk) {
        return;
    }
    addr stack = chunk + klass->bytes;
    u8 words = AT(u4, chunk, classes.chunk_size);
    u8 from_word = AT(u4, chunk, chunks.sp);
    if (from_word > words) {
        return;
    }
    if (AT(u1, chunk, chunks.flags) & FLAG_HAS_BITMAP) {
        by_bitmap(stack, words, from_word, found);
    } else {
        by_looks(walk, stack, words, from_word, found);
    }
}

void chunks_each(const struct walk *walk, addr virtual_thread, void (*found)(addr object)) {
    addr continuation = oop_at(virtual_thread + chunks.continuation);
    if (continuation == NULL) {
        return;
    }
    addr chunk = oop_at(continuation + chunks.tail);
    for (int count = 0; chunk != NULL && count < MOST_CHUNKS; count++) {
        visit_chunk(walk, chunk, found);
        chunk = oop_at(chunk + chunks.parent);
    }
}
