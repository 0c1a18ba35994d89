/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "measures.h"

#include "arena.h"
#include "child.h"
#include "chunks.h"
#include "helpers.h"
#include "message.h"
#include "mirrors.h"
#include "missed.h"
#include "names.h"
#include "natives.h"
#include "owned.h"
#include "plan.h"
#include "reach.h"

#define MAGIC 0x48475459u
#define VERSION 3

static struct walk walk;
static struct plan plan;

static void load(const struct measures_settings *settings) {
    plan_read(&plan, settings->plan, settings->plan_bytes);
    arena_limit(plan.most_bytes);
    if (!settings->behind_dump) {
        classes_load(true);
        mirrors_load();
        chunks_load();
    }
    names_load();
    natives_load(&plan);
    walk_open(&walk);
    reach_open(&walk, settings->behind_dump);
}

/* ---- all objects ---- */

static inline __attribute__((always_inline)) void count(addr object, struct klass *klass, u8 bytes) {
    count_object(&klass->seen, trace_bytes(klass, object, bytes));
    if (UNLIKELY(klass->native != NULL)) {
        klass->native_bytes += natives_bytes(klass->native, object);
    }
    if (UNLIKELY(klass->address == chunks.virtual_thread)) {
        reach_virtual_thread(&walk, object);
    }
}

static void count_missed(addr object) {
    struct klass *klass = class_of(object);
    count(object, klass, object_bytes(klass, object));
}

/* More of them are reached than the walk met. */
static bool some_are_missed(void) {
    for (u4 i = 0; i < classes.count; i++) {
        if (classes.all[i].reached.objects > classes.all[i].seen.objects) {
            return true;
        }
    }
    return walk.lost_stretches > 0;
}

static void reach(void) {
    reach_all();
    if (some_are_missed()) {
        missed_find(&walk);
        missed_each(count_missed);
    }
}

static void put_tally(struct tally tally) {
    message_room(16);
    put8(tally.objects);
    put8(tally.bytes);
}

static void put_class(const struct klass *klass) {
    u4 length = symbol_length(klass->name);
    message_room(50 + length);
    put8(klass->seen.objects);
    put8(klass->seen.bytes);
    put8(klass->seen.largest);
    put8(klass->native_bytes);
    put8(klass->reached.objects);
    put8(klass->reached.bytes);
    put2((u2)length);
    writer_bytes(symbol_body(klass->name), length);
}

static void put_classes(void) {
    u4 present = 0;
    struct tally all = {0, 0};
    for (u4 i = 0; i < classes.count; i++) {
        struct klass *klass = &classes.all[i];
        klass->number = klass->seen.objects > 0 ? present++ : 0;
        all.objects += klass->seen.objects;
        all.bytes += klass->seen.bytes;
    }
    message_room(13);
    put4(MAGIC);
    put4(VERSION);
    put1(plan.level);
    put4(present);
    for (u4 i = 0; i < classes.count; i++) {
        if (classes.all[i].seen.objects > 0) {
            put_class(&classes.all[i]);
        }
    }
    put_tally(all);
    put_tally(reached.strongly);
    put_tally(reached.weakly);
}

/* ---- roots ---- */

static bool is_larger(u4 one, u4 other) { return classes.all[one].walked.bytes > classes.all[other].walked.bytes; }

static void sift(u4 *heap, u4 count, u4 at) {
    for (u4 child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && is_larger(heap[child], heap[child + 1])) {
            child++;
        }
        if (!is_larger(heap[at], heap[child])) {
            return;
        }
        u4 smaller = heap[child];
        heap[child] = heap[at];
        heap[at] = smaller;
        at = child;
    }
}

/* Leaves so many of the largest, in no order. The C library's sort may take memory. */
static void keep_largest(u4 *indices, u4 count, u4 most) {
    for (u4 at = most / 2; at-- > 0;) {
        sift(indices, most, at);
    }
    for (u4 i = most; i < count; i++) {
        if (is_larger(indices[i], indices[0])) {
            indices[0] = indices[i];
            sift(indices, most, 0);
        }
    }
}

static void put_walk(void) {
    static u4 *indices;
    if (indices == NULL) {
        indices = arena_take(sizeof(u4) * classes.count);
    }
    u4 count = 0;
    for (u4 i = 0; i < classes.count; i++) {
        if (classes.all[i].walked.objects > 0) {
            indices[count++] = i;
        }
    }
    u4 rows = count < plan.most_rows ? count : plan.most_rows;
    if (rows < count) {
        keep_largest(indices, count, rows);
    }
    put_tally(trace_total());
    message_room(8);
    put4(count);
    put4(rows);
    for (u4 i = 0; i < rows; i++) {
        const struct klass *klass = &classes.all[indices[i]];
        message_room(28);
        put4(klass->number);
        put8(klass->walked.objects);
        put8(klass->walked.bytes);
        put8(klass->walked.largest);
    }
}

static u8 roots_end; /* no root is begun after it */

static void put_measured(u4 root) {
    const struct starts *starts = owned_starts(root);
    message_room(2);
    put1(starts->state);
    put1(starts->detail);
    if (starts->state != ROOT_MEASURED) {
        return;
    }
    message_room(8);
    put8(starts->count);
    owned_walk_reachable(root);
    put_walk();
    bool owns_all = owned_is_all(root);
    message_room(1);
    put1(owns_all);
    if (!owns_all) {
        owned_walk(root);
        put_walk();
    }
    message_room(1);
    put1(plan.level == LEVEL_RETAINED);
    if (plan.level == LEVEL_RETAINED) {
        put_tally(owned_retained(root));
    }
}

static void put_root(u4 root) {
    if (nanos_now() < roots_end) {
        put_measured(root);
    } else {
        message_room(2);
        put1(ROOT_NOT_MEASURED);
        put1(DETAIL_NO_TIME);
    }
}

static void put_roots(void) {
    roots_end = nanos_now() + (u8)plan.seconds * 1000000000u;
    message_room(4);
    put4(plan.root_count);
    helpers_put(plan.root_count, plan.processes, put_root);
}

void measures_write(const struct measures_settings *settings) {
    load(settings);
    walk_all(&walk, count);
    walk_tell(&walk);
    if (plan.level == LEVEL_TYPES) {
        plan.root_count = 0;
    } else {
        reach();
        starts_open(&walk, settings->entries);
        owned_open(&plan);
    }
    message_open(settings->descriptor);
    put_classes();
    put_roots();
    message_close();
    child_done();
}
