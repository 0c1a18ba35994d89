/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_MISSED_H
#define HG_MISSED_H

#include "base.h"
#include "reach.h"

/*
 * Objects that live and that a walk does not meet. A concurrent collection unloads classes whose dead instances still lie
 * between living objects. How large these are nobody knows: the walk looks for the next object. Where another class was loaded
 * to the place of the unloaded one they seem to be larger than they are. What the GC roots reach has no such doubts.
 */

/*
 * Finds them, after reach_all and before anything else is followed. Costs a walk, so there should be a reason: lost stretches, or
 * more reached than met. The first call counts.
 */
void missed_find(const struct walk *walk);

void missed_each(void (*found)(addr object));

#endif
