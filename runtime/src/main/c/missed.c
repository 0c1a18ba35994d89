/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "missed.h"

#include "arena.h"

static struct arena_list missed;
static bool is_done;

static inline __attribute__((always_inline)) void met(addr object, struct klass *klass, u8 bytes) {
    (void)klass;
    (void)bytes;
    map_remove(&reached.scratch, object);
}

static void note(addr object) {
    if (class_of(object) != NULL) {
        arena_push(&missed, (u8)object);
    }
}

void missed_find(const struct walk *walk) {
    if (is_done) {
        return;
    }
    is_done = true;
    struct walk again = *walk;
    walk_again(&again);
    walk_all(&again, met);
    map_each(&reached.scratch, note);
}

void missed_each(void (*found)(addr object)) {
    for (size_t i = 0; i < missed.count; i++) {
        found((addr)missed.all[i]);
    }
}
