/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_STARTS_H
#define HG_STARTS_H

#include "arena.h"
#include "base.h"
#include "plan.h"
#include "reach.h"

/* Where a configured root starts: the objects that it is found at and that the GC roots reach. */

enum root_state { ROOT_MEASURED, ROOT_GONE, ROOT_NOT_REACHED, ROOT_NOT_MEASURED };

/* Why there is none. */
enum root_detail {
    DETAIL_NONE,
    DETAIL_NO_CLASS,
    DETAIL_NO_FIELD,
    DETAIL_FIELD_NULL,
    DETAIL_NOT_REGISTERED,
    DETAIL_COLLECTED,
    DETAIL_NO_INSTANCE,
    DETAIL_NO_THREAD,
    DETAIL_BY_ADDRESS,
    DETAIL_NO_TIME
};

struct starts {
    u1 state;
    u1 detail;
    u8 count;
    struct arena_list objects;  /* but for those found by class, which may be millions */
    const struct text *of_class;
};

/* entries: the array of registry entries, or NULL. */
void starts_open(const struct walk *walk, addr entries);

/* starts: zeroed. */
void starts_find(struct starts *starts, const struct planned_root *root);

/* Those found by class cost a walk over all objects. */
void starts_each(const struct starts *starts, void (*each)(addr object));

#endif
