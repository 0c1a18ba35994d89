/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_RULES_H
#define HG_RULES_H

#include "base.h"
#include "fields.h"

/* What becomes of primitive values where contents are left out. The rules come from Java, where redaction keeps them too. */
enum fate { FATE_KEPT, FATE_ZEROED, FATE_WHETHER_SET };

/*
 * Takes the rules of the next snapshot. NULL: every value is kept. Else lines of '=' (kept) or '?' (1 if not 0), the class
 * name with slashes, '#', the field; all other primitive values and the contents of primitive arrays become 0. False if
 * there is no memory or a line has another form.
 */
bool rules_set(const char *text);

/* Whether contents are left out at all. */
bool rules_any(void);

u1 rules_fate(addr class_name, const struct field *field);

#endif
