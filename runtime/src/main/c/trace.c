/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "trace.h"

#include "arena.h"
#include "chunks.h"
#include "mirrors.h"

/* So many elements of an array are looked at before the objects behind them have their turn: the stack stays short. */
#define ARRAY_STRETCH 512
#define BEAT_OBJECTS 0xffff
/* So many objects are on their way from memory while others are visited. */
#define AHEAD 16

static const struct walk *heap;
static bool as_dumped;

static struct map map;
static struct trace_rules rules;
static struct arena_list stack; /* objects to be looked at; an array in the middle of it as the next index, and its address plus 1 */
static struct arena_list referents;
static size_t referents_done;

/* ---- a walk begins ---- */

void trace_open(const struct walk *walk, bool sizes_as_dumped) {
    heap = walk;
    as_dumped = sizes_as_dumped;
    map_open(&walk->spaces);
}

void trace_count_anew(void) {
    for (u4 i = 0; i < classes.count; i++) {
        classes.all[i].walked = (struct count){0, 0, 0};
    }
}

void trace_begin(const struct map *on, struct trace_rules with) {
    map = *on;
    rules = with;
    map_forget_all(&map);
    referents.count = 0;
    referents_done = 0;
    trace_count_anew();
}

/* ---- what objects refer to ---- */

static void found(addr object) {
    if (object != NULL && map_covers(object) && map_add(&map, object)) {
        arena_push(&stack, (u8)object);
    }
}

static void found_of_class(const struct klass *klass) {
    const struct klass *super_class = class_super(klass);
    const struct klass *owner = class_owner(klass);
    found(super_class == NULL ? NULL : super_class->mirror);
    if (rules.to_loaders) {
        found(klass_loader(klass));
    }
    found(mirror_reference(owner->mirror, mirrors.signers));
    found(mirror_reference(owner->mirror, mirrors.protection_domain));
    for (u4 i = 0; i < mirrors.count; i++) {
        found(mirror_reference(klass->mirror, mirrors.fields[i].offset));
    }
    if (klass->kind == KIND_INSTANCE) {
        for (u4 i = 0; i < klass->statics_followed; i++) {
            found(oop_at(klass->mirror + klass->statics[i]));
        }
        found(class_resolved_references(klass));
    }
}

static void found_of_instance(addr object, const struct klass *klass) {
    const u4 *end = klass->strong + klass->strong_count;
    for (const u4 *offset = klass->strong; offset < end; offset++) {
        found(oop_at(object + *offset));
    }
    if (UNLIKELY(klass->referent != NO_REFERENT)) {
        addr target = oop_at(object + klass->referent);
        if (rules.to_referents) {
            found(target);
        } else if (target != NULL && rules.keeps_referents) {
            arena_push(&referents, (u8)target);
        }
    }
}

static void found_of_array(addr array, const struct klass *klass, u4 from) {
    u4 length = AT(u4, array, vm.array_length);
    u4 end = length - from > ARRAY_STRETCH ? from + ARRAY_STRETCH : length;
    if (end < length) {
        arena_push(&stack, end);
        arena_push(&stack, (u8)array + 1);
    }
    addr elements = array + klass->array_base;
    for (u4 i = from; i < end; i++) {
        found(oop_at(elements + (u8)i * vm.oop_bytes));
    }
}

/* ---- the visit ---- */

u8 trace_bytes(const struct klass *klass, addr object, u8 bytes) {
    bool without_statics = as_dumped && klass->sizing == SIZE_OF_MIRROR && !mirror_has_record(object);
    return UNLIKELY(without_statics) ? round_up(klass->bytes, vm.alignment) : bytes;
}

static void beat(void) {
    static u8 seen;
    if (UNLIKELY((++seen & BEAT_OBJECTS) == 0)) {
        walk_beat(heap, 0);
    }
}

static void visit_known(addr object, struct klass *klass) {
    count_object(&klass->walked, trace_bytes(klass, object, object_bytes(klass, object)));
    beat();
    if (klass->kind == KIND_OBJECT_ARRAY) {
        found_of_array(object, klass, 0);
    } else if (UNLIKELY(klass->sizing == SIZE_OF_MIRROR) && mirror_has_record(object)) {
        found_of_class(class_at(AT(addr, object, vm.mirror_klass)));
    } else if (klass->kind == KIND_INSTANCE) {
        found_of_instance(object, klass);
    }
}

static bool is_in_dump(const struct klass *klass) { return klass != NULL && klass->mirror != NULL; }

static inline void visit_object(addr object) {
    struct klass *klass = class_of(object);
    if (is_in_dump(klass) && LIKELY(!klass->barred)) {
        visit_known(object, klass);
    }
}

/* An object that was just found is far away in memory: it is fetched while those found before it are visited. */
static void run(void) {
    static addr ahead[AHEAD];
    u4 first = 0;
    u4 count = 0;
    while (stack.count > 0 || count > 0) {
        while (stack.count > 0 && count < AHEAD) {
            u8 entry = stack.all[--stack.count];
            if (UNLIKELY(entry & 1)) {
                addr array = (addr)(entry - 1);
                found_of_array(array, class_of(array), (u4)stack.all[--stack.count]);
            } else {
                __builtin_prefetch((addr)entry);
                ahead[(first + count++) % AHEAD] = (addr)entry;
            }
        }
        addr object = ahead[first];
        first = (first + 1) % AHEAD;
        if (count > 0) {
            count--;
            visit_object(object);
        }
    }
}

/* ---- from outside ---- */

void trace_mark(addr object) {
    if (object != NULL && map_covers(object)) {
        map_add(&map, object);
    }
}

void trace_enter(addr object) {
    found(object);
    run();
}

void trace_start(addr object) {
    struct klass *klass = class_of(object);
    if (is_in_dump(klass)) {
        visit_known(object, klass);
    }
    run();
}

void trace_enter_referents(void) {
    rules.to_referents = true;
    while (referents_done < referents.count) {
        trace_enter((addr)referents.all[referents_done++]);
    }
}

struct tally trace_total(void) {
    struct tally total = {0, 0};
    for (u4 i = 0; i < classes.count; i++) {
        total.objects += classes.all[i].walked.objects;
        total.bytes += classes.all[i].walked.bytes;
    }
    return total;
}
