/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include "arena.h"
#include "child.h"
#include "roots.h"

/* So many objects in a row are no accident. */
#define CHAIN 4

/* Lowest bits of the mark word. */
#define MARK_LOCK 3u
#define MARK_FORWARDED 3u
#define MARK_UNLOCKED 1u
#define MARK_BIASED 5u
/* Above the hash an unlocked mark word has no bits: 8 + 31 in JDK 17, 11 + 31 later. */
#define HIGHEST_HASH_BIT 42

void walk_open(struct walk *walk) {
    memset(walk, 0, sizeof *walk);
    walk->processes = 1;
    walk->spaces.capacity = spaces_most();
    walk->spaces.all = arena_take(sizeof(struct stretch) * walk->spaces.capacity);
    spaces_collect(&walk->spaces);
    u4 most = gaps_most();
    walk->gaps = arena_take(sizeof(struct stretch) * (most + 1));
    walk->gap_count = gaps_collect(walk->gaps, most);
    child_total(walk->spaces.bytes);
}

void walk_again(struct walk *copy) {
    copy->next_gap = 0;
    copy->objects = 0;
    copy->lost_stretches = 0;
    copy->lost_bytes = 0;
    copy->walked_bytes = 0;
}

void walk_beat(const struct walk *walk, u8 bytes_ahead) {
    child_progress(walk->objects * walk->processes, (walk->walked_bytes + bytes_ahead) * walk->processes);
}

void walk_tell(const struct walk *walk) {
    child_progress(walk->objects, walk->walked_bytes);
    child_lost(walk->lost_stretches, walk->lost_bytes);
    child_counts(classes.count, roots.count);
}

/* A quick no to nearly everything that is not the header of an object. */
static bool may_be_header(addr at) {
    u8 mark = AT(u8, at, 0);
    if ((mark & MARK_LOCK) == MARK_FORWARDED) {
        return false;
    }
    if (vm.compact_headers) {
        return true;
    }
    if ((mark & 7) == MARK_UNLOCKED) {
        return mark >> HIGHEST_HASH_BIT == 0;
    }
    return mark >> 47 == 0; /* a pointer to a lock, or to the thread it is biased to */
}

u8 walk_object_bytes(addr at, addr end) {
    if (!may_be_header(at)) {
        return 0;
    }
    struct klass *klass = class_of(at);
    u8 bytes = klass == NULL ? 0 : object_bytes(klass, at);
    return bytes <= (u8)(end - at) ? bytes : 0;
}

static bool is_gap_start(const struct walk *walk, addr at) {
    for (u4 i = walk->next_gap; i < walk->gap_count && walk->gaps[i].start <= at; i++) {
        if (walk->gaps[i].start == at) {
            return true;
        }
    }
    return false;
}

/*
 * An object of a class that is unloaded: the header is one, and its class word tells of a place among the classes where none is.
 */
static bool may_be_unloaded(addr at) {
    return may_be_header(at) && class_may_have_been(klass_of(at));
}

static bool begins_chain(const struct walk *walk, addr at, addr end) {
    for (int i = 0; i < CHAIN; i++) {
        if (at == end || is_gap_start(walk, at)) {
            return true;
        }
        u8 bytes = walk_object_bytes(at, end);
        if (bytes == 0) {
            return i > 0 && may_be_unloaded(at);
        }
        at += bytes;
    }
    return true;
}

addr walk_resync(struct walk *walk, addr from, addr end) {
    addr at = from + vm.alignment;
    while (at < end && !begins_chain(walk, at, end)) {
        at += vm.alignment;
    }
    walk->lost_stretches++;
    walk->lost_bytes += (u8)(at - from);
    return at;
}
