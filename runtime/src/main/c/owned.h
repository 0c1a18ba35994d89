/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_OWNED_H
#define HG_OWNED_H

#include "base.h"
#include "plan.h"
#include "reach.h"
#include "starts.h"

/*
 * The sizes of configured roots, as the analysis measures them. Reachable is a root's starts and everything that they
 * lead to under the edge filters; owned is the same walk, which enters neither another root's start (those found by class
 * only on request) nor what the root excludes. Starts always count. What a walk met is in klass->walked until the next.
 */

/* Finds the starts of all roots. */
void owned_open(const struct plan *plan);

const struct starts *owned_starts(u4 root);

void owned_walk_reachable(u4 root);

/* After that walk: whether it met nothing that bars the other one, which would meet the same. */
bool owned_is_all(u4 root);

void owned_walk(u4 root);

struct tally owned_retained(u4 root);

#endif
