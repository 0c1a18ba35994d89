/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_MIRRORS_H
#define HG_MIRRORS_H

#include "base.h"

/*
 * What a java.lang.Class refers to by its own fields. hprof has no place for an instance's fields in the record of a class; HotSpot
 * leaves them out, so that in its dumps live objects look like garbage. Here they are written as static fields with names
 * in angle brackets, as HotSpot does with <init_lock> and <resolved_references>.
 */
struct mirror_field {
    u4 offset;
    const char *name;
    u4 name_length;
};

struct mirrors {
    struct mirror_field *fields;
    u4 count;
    u4 signers; /* offsets of what the record has a place for; 0 if there is none */
    u4 protection_domain;
};

extern struct mirrors mirrors;

void mirrors_load(void);

/* What a class mirror holds at an offset, or NULL. */
addr mirror_reference(addr mirror, u4 offset);

/* Whether an object of java.lang.Class stands for a class that is loaded, and so has a record of its own. */
bool mirror_has_record(addr mirror);

#endif
