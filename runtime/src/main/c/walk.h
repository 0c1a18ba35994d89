/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_WALK_H
#define HG_WALK_H

#include "base.h"
#include "classes.h"
#include "spaces.h"

/*
 * Walks over all objects, one behind the other. Two things lie between them: unused ends of allocation buffers, which are
 * stepped over, and with G1 dead objects whose class is unloaded, whose size nobody knows any more: there the walk looks for the
 * next object.
 */
struct walk {
    struct spaces spaces;
    struct stretch *gaps;
    u4 gap_count;
    u4 next_gap;
    u8 objects;
    u8 lost_stretches; /* where the next object had to be looked for */
    u8 lost_bytes;
    u8 walked_bytes;
    u4 processes; /* that share it, each with about the same part */
};

/* Puts the totals where the parent sees them. */
void walk_tell(const struct walk *walk);

/* Called for each object. */
typedef void visit(addr object, struct klass *klass, u8 bytes);

void walk_open(struct walk *walk);

/* Readies a copy of a walk for another one over the same objects. */
void walk_again(struct walk *copy);

/* The next place that begins a chain of plausible objects, or the end. */
addr walk_resync(struct walk *walk, addr from, addr end);

/* Bytes of what is there if it looks like an object that ends before an address, else 0. */
u8 walk_object_bytes(addr at, addr end);

/* Tells the parent how far the walk is, of a shared one an estimate; cheap. */
void walk_beat(const struct walk *walk, u8 bytes_ahead);

/* If a gap begins here, its end, else NULL. Addresses must not go down within a walk. */
static inline addr walk_gap(struct walk *walk, addr at) {
    while (walk->next_gap < walk->gap_count && walk->gaps[walk->next_gap].start < at) {
        walk->next_gap++;
    }
    if (walk->next_gap < walk->gap_count && UNLIKELY(walk->gaps[walk->next_gap].start == at)) {
        return walk->gaps[walk->next_gap].end;
    }
    return NULL;
}

#define WALK_BEAT_OBJECTS 0xffff

static inline __attribute__((always_inline)) void walk_stretch(struct walk *walk, struct stretch stretch, visit *visitor) {
    addr at = stretch.start;
    while (at < stretch.end) {
        addr behind = walk_gap(walk, at);
        if (UNLIKELY(behind != NULL)) {
            at = behind;
            continue;
        }
        struct klass *klass = class_of(at);
        u8 bytes = klass == NULL ? 0 : object_bytes(klass, at);
        if (UNLIKELY(bytes == 0 || bytes > (u8)(stretch.end - at))) {
            at = walk_resync(walk, at, stretch.end);
            continue;
        }
        visitor(at, klass, bytes);
        at += bytes;
        if (UNLIKELY((++walk->objects & WALK_BEAT_OBJECTS) == 0)) {
            walk_beat(walk, (u8)(at - stretch.start));
        }
    }
    walk->walked_bytes += (u8)(stretch.end - stretch.start);
}

static inline __attribute__((always_inline)) void walk_all(struct walk *walk, visit *visitor) {
    for (u4 i = 0; i < walk->spaces.count; i++) {
        walk_stretch(walk, walk->spaces.all[i], visitor);
        walk_beat(walk, 0);
    }
}

#endif
