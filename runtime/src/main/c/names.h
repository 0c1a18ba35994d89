/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_NAMES_H
#define HG_NAMES_H

#include "base.h"
#include "classes.h"
#include "plan.h"

/*
 * Class names as people write them, made of the VM's as Java's ClassNames does: com.acme.Foo, byte[], and for hidden and
 * generated classes one without what is different in every run.
 */

/* Works out the names of all classes. */
void names_load(void);

u8 names_hash(const char *bytes, u4 length);

/* Whether a class has this very name. */
bool names_exactly(const struct klass *klass, struct text name);

/* The same, or its name without what changes. */
bool names_is(const struct klass *klass, struct text name);

/* Finds a field that a class declares itself. */
bool names_declared(const struct klass *klass, struct text name, struct field *field);

/* Finds a field, of an instance or static, that a class of this name in the lineage declares. */
bool names_field(const struct klass *klass, const struct field_name *name, struct field *field);

/* Whether a class, or an array's element, is in a package or one below it. */
bool names_in_package(const struct klass *klass, struct text package);

#endif
