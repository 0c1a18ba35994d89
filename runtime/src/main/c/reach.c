/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "reach.h"

#include "arena.h"
#include "chunks.h"
#include "edges.h"
#include "roots.h"

struct reached reached;

static bool is_open, is_done;
static struct arena_list virtual; /* each thread as its address plus 1, behind it what is on its stack */

static void note(addr object) { arena_push(&virtual, (u8)object); }

void reach_virtual_thread(const struct walk *walk, addr thread) {
    if (is_done) {
        return; /* it is known from the walk before */
    }
    note(thread + 1);
    chunks_each(walk, thread, note);
}

void reach_virtual_threads(void (*found)(addr thread)) {
    for (size_t i = 0; i < virtual.count; i++) {
        if (virtual.all[i] & 1) {
            found((addr)(virtual.all[i] - 1));
        }
    }
}

void reach_virtual_frames(addr thread, void (*found)(addr object)) {
    size_t i = 0;
    while (i < virtual.count && virtual.all[i] != (u8)thread + 1) {
        i++;
    }
    for (i++; i < virtual.count && (virtual.all[i] & 1) == 0; i++) {
        found((addr)virtual.all[i]);
    }
}

static struct arena_list held; /* class objects that no reference leads to, held by their reached instances */

/*
 * A class with a reached instance is reached. Those that no reference leads to come in rounds: what they lead to may be
 * instances of further ones.
 */
static void enter_classes(struct arena_list *list) {
    size_t before;
    do {
        before = list->count;
        for (u4 i = 0; i < classes.count; i++) {
            const struct klass *klass = &classes.all[i];
            if (klass->walked.objects > 0 && !map_has(&reached.scratch, klass->mirror)) {
                arena_push(list, (u8)klass->mirror);
            }
        }
        for (size_t i = before; i < list->count; i++) {
            trace_enter((addr)list->all[i]);
        }
    } while (list->count > before);
}

static void enter_roots(void) {
    for (u4 i = 0; i < roots.count; i++) {
        trace_enter(roots.all[i].object);
    }
    for (size_t i = 0; i < virtual.count; i++) {
        trace_enter((addr)(virtual.all[i] & ~1ull));
    }
}

void reach_open(const struct walk *walk, bool sizes_as_dumped) {
    if (!is_open) {
        is_open = true;
        edges_load();
        trace_open(walk, sizes_as_dumped);
    }
}

void reach_all(void) {
    if (is_done) {
        return;
    }
    map_init(&reached.map);
    map_init(&reached.scratch);
    edges_all();
    trace_begin(&reached.scratch, (struct trace_rules){.keeps_referents = true, .to_loaders = true});
    enter_roots();
    enter_classes(&held);
    map_copy(&reached.map, &reached.scratch);
    reached.strongly = trace_total();
    for (u4 i = 0; i < classes.count; i++) {
        classes.all[i].reached = classes.all[i].walked;
    }
    trace_count_anew();
    struct arena_list held_weakly = {NULL, 0, 0};
    trace_enter_referents();
    enter_classes(&held_weakly);
    reached.weakly = trace_total();
    is_done = true;
}

struct tally reach_retained(void (*starts)(void (*each)(addr object))) {
    edges_all();
    trace_begin(&reached.scratch, (struct trace_rules){.to_loaders = true});
    starts(trace_mark);
    enter_roots();
    for (size_t i = 0; i < held.count; i++) {
        trace_enter((addr)held.all[i]);
    }
    struct tally rest = trace_total();
    return (struct tally){reached.strongly.objects - rest.objects, reached.strongly.bytes - rest.bytes};
}
