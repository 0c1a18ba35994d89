/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "plan.h"

#include "arena.h"
#include "child.h"
#include "names.h"

static const u1 *at;
static const u1 *end;

static const u1 *take(size_t bytes) {
    if ((size_t)(end - at) < bytes) {
        child_fail("the plan of what to measure is cut", (u8)(end - at));
    }
    const u1 *taken = at;
    at += bytes;
    return taken;
}

static u1 take1(void) { return *take(1); }
static u2 take2(void) { return __builtin_bswap16(AT(u2, (addr)take(2), 0)); }
static u4 take4(void) { return __builtin_bswap32(AT(u4, (addr)take(4), 0)); }
static u8 take8(void) { return __builtin_bswap64(AT(u8, (addr)take(8), 0)); }

static struct text take_bytes(u4 length) {
    const char *bytes = (const char *)take(length);
    return (struct text){bytes, length, names_hash(bytes, length)};
}

static struct text take_text(void) { return take_bytes(take2()); }

static struct field_name take_field(void) {
    struct field_name name;
    name.class_name = take_text();
    name.field = take_text();
    return name;
}

/* Each has at least so many bytes: a count that cannot be true takes no memory. */
static void *room(u4 count, u4 least, size_t each) {
    if ((size_t)(end - at) / least < count) {
        child_fail("the plan of what to measure is garbled", count);
    }
    return arena_take(each * count);
}

static struct native_rule take_native(void) {
    struct native_rule rule;
    rule.constant = take8();
    rule.bytes = take_field();
    rule.must_be_set = take_field();
    rule.must_not_be_set = take_field();
    return rule;
}

static struct exclusion take_exclusion(void) {
    struct exclusion exclusion = {.kind = take1()};
    switch (exclusion.kind) {
        case EXCLUDE_CLASS:
        case EXCLUDE_PACKAGE: exclusion.name.class_name = take_text(); break;
        case EXCLUDE_FIELD: exclusion.name = take_field(); break;
        case EXCLUDE_ROOT: exclusion.root = take4(); break;
        default: child_fail("the plan of what to measure has an unknown exclusion", exclusion.kind);
    }
    return exclusion;
}

static struct planned_root take_root(void) {
    struct planned_root root = {.kind = take1()};
    switch (root.kind) {
        case FOUND_BY_ENTRY: root.entry = take4(); break;
        case FOUND_BY_STATIC: root.name = take_field(); break;
        case FOUND_BY_CLASS: root.name.class_name = take_text(); break;
        case FOUND_BY_THREAD: root.name.class_name = take_bytes(2 * (u4)take2()); break;
        case NOT_FOUND_HERE: break;
        default: child_fail("the plan of what to measure has an unknown root", root.kind);
    }
    root.exclusion_count = take2();
    root.exclusions = room(root.exclusion_count, 3, sizeof(struct exclusion));
    for (u4 i = 0; i < root.exclusion_count; i++) {
        root.exclusions[i] = take_exclusion();
    }
    return root;
}

void plan_read(struct plan *plan, const u1 *bytes, size_t length) {
    at = bytes;
    end = bytes + length;
    plan->level = take1();
    plan->processes = take1();
    plan->seconds = take4();
    plan->most_rows = take4();
    plan->most_bytes = take8();
    plan->left_out_count = take2();
    plan->left_out = room(plan->left_out_count, 4, sizeof(struct field_name));
    for (u4 i = 0; i < plan->left_out_count; i++) {
        plan->left_out[i] = take_field();
    }
    plan->native_count = take2();
    plan->natives = room(plan->native_count, 20, sizeof(struct native_rule));
    for (u4 i = 0; i < plan->native_count; i++) {
        plan->natives[i] = take_native();
    }
    plan->root_count = take4();
    plan->roots = room(plan->root_count, 3, sizeof(struct planned_root));
    for (u4 i = 0; i < plan->root_count; i++) {
        plan->roots[i] = take_root();
    }
    for (u4 i = 0; i < plan->root_count; i++) {
        for (u4 k = 0; k < plan->roots[i].exclusion_count; k++) {
            const struct exclusion *exclusion = &plan->roots[i].exclusions[k];
            if (exclusion->kind == EXCLUDE_ROOT && exclusion->root >= plan->root_count) {
                child_fail("the plan of what to measure names a root that is not in it", exclusion->root);
            }
        }
    }
    if (at != end) {
        child_fail("the plan of what to measure is too long", (u8)(end - at));
    }
}
