/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_EDGES_H
#define HG_EDGES_H

#include "base.h"
#include "classes.h"
#include "plan.h"
#include "trace.h"

/* Which fields walks follow: klass->strong and klass->statics. What weak, soft, phantom and final references refer to is apart. */

/* To be called once, with classes, their slots and their names loaded; then all fields are followed. */
void edges_load(void);

/* Follows all fields again. */
void edges_all(void);

/* Follows some fields no more, given by the class that declares them. */
void edges_without(const struct field_name *names, u4 count);

/* Whether classes are followed to their loaders. */
bool edges_to_loaders(void);

/* Whether the walk that has ended visited some object with such a field. */
bool edges_touches(const struct field_name *name, const struct map *map);

#endif
