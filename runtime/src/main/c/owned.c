/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "owned.h"

#include "arena.h"
#include "edges.h"
#include "names.h"

static const struct plan *plan;
static struct starts *starts; /* of each root */
static bool filtered;         /* the edges are those of walks from roots */

void owned_open(const struct plan *with) {
    plan = with;
    starts = arena_take(sizeof *starts * plan->root_count);
    for (u4 i = 0; i < plan->root_count; i++) {
        starts_find(&starts[i], &plan->roots[i]);
    }
}

const struct starts *owned_starts(u4 root) { return &starts[root]; }

/* ---- walks ---- */

static void begin(void) {
    if (!filtered) {
        edges_all();
        edges_without(plan->left_out, plan->left_out_count);
        filtered = true;
    }
    trace_begin(&reached.scratch, (struct trace_rules){.to_loaders = edges_to_loaders()});
}

/* All starts are marked before any is visited, so that none of them is met a second time. */
static void walk_from(u4 root) {
    starts_each(&starts[root], trace_mark);
    starts_each(&starts[root], trace_start);
}

void owned_walk_reachable(u4 root) {
    begin();
    walk_from(root);
}

/* ---- what bars a walk ---- */

static bool excludes_root(const struct planned_root *root, u4 other) {
    for (u4 i = 0; i < root->exclusion_count; i++) {
        if (root->exclusions[i].kind == EXCLUDE_ROOT && root->exclusions[i].root == other) {
            return true;
        }
    }
    return false;
}

static bool bars(u4 other, u4 root) {
    return other != root && starts[other].state == ROOT_MEASURED
           && (starts[other].of_class == NULL || excludes_root(&plan->roots[root], other));
}

static bool is_excluded(const struct klass *klass, const struct exclusion *exclusion) {
    return exclusion->kind == EXCLUDE_CLASS     ? names_is(klass, exclusion->name.class_name)
           : exclusion->kind == EXCLUDE_PACKAGE ? names_in_package(klass, exclusion->name.class_name)
                                                : false;
}

static bool any_met;

static void note_met(addr object) { any_met |= map_has(&reached.scratch, object); }

static bool meets_class(const struct exclusion *exclusion) {
    for (u4 i = 0; i < classes.count; i++) {
        const struct klass *klass = &classes.all[i];
        bool met = klass->walked.objects > 0 || (klass->mirror != NULL && map_has(&reached.scratch, klass->mirror));
        if (met && is_excluded(klass, exclusion)) {
            return true;
        }
    }
    return false;
}

bool owned_is_all(u4 root) {
    const struct planned_root *planned = &plan->roots[root];
    for (u4 i = 0; i < planned->exclusion_count; i++) {
        const struct exclusion *exclusion = &planned->exclusions[i];
        if (exclusion->kind == EXCLUDE_FIELD ? edges_touches(&exclusion->name, &reached.scratch)
                                             : meets_class(exclusion)) {
            return false;
        }
    }
    any_met = false;
    for (u4 other = 0; other < plan->root_count && !any_met; other++) {
        if (bars(other, root)) {
            starts_each(&starts[other], note_met);
        }
    }
    return !any_met;
}

/* Fields left out stay so until the next begin(). */
static void exclude(const struct exclusion *exclusion) {
    if (exclusion->kind == EXCLUDE_FIELD) {
        edges_without(&exclusion->name, 1);
        filtered = false;
        return;
    }
    for (u4 i = 0; i < classes.count; i++) {
        struct klass *klass = &classes.all[i];
        if (is_excluded(klass, exclusion)) {
            klass->barred = true;
            trace_mark(klass->mirror);
        }
    }
}

void owned_walk(u4 root) {
    const struct planned_root *planned = &plan->roots[root];
    begin();
    for (u4 i = 0; i < planned->exclusion_count; i++) {
        exclude(&planned->exclusions[i]);
    }
    for (u4 other = 0; other < plan->root_count; other++) {
        if (bars(other, root)) {
            starts_each(&starts[other], trace_mark);
        }
    }
    walk_from(root);
    for (u4 i = 0; i < classes.count; i++) {
        classes.all[i].barred = false;
    }
}

/* ---- what it retains ---- */

static const struct starts *taken_out;

static void each_taken_out(void (*each)(addr object)) { starts_each(taken_out, each); }

struct tally owned_retained(u4 root) {
    taken_out = &starts[root];
    filtered = false;
    return reach_retained(each_taken_out);
}
