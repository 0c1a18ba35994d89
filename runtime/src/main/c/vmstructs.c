/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "vmstructs.h"

#include <dlfcn.h>
#include <stdio.h>

/* The rows of the tables, as HotSpot declares them in vmStructs.hpp: an interface that the Serviceability Agent reads too. */
struct field_row {
    const char *type;
    const char *field;
    const char *field_type;
    int32_t is_static;
    u8 offset;
    void *address;
};

struct type_row {
    const char *type;
    const char *super;
    int32_t is_oop;
    int32_t is_integer;
    int32_t is_unsigned;
    u8 size;
};

struct int_row {
    const char *name;
    int32_t value;
};

struct long_row {
    const char *name;
    u8 value;
};

static const struct field_row *fields;
static const struct type_row *types;
static const struct int_row *ints;
static const struct long_row *longs;
static char missing[160];

static const void *table(void *library, const char *name) {
    void *const *symbol = dlsym(library, name);
    return symbol == NULL ? NULL : *symbol;
}

bool vmstructs_open(const void *inside) {
    Dl_info info;
    missing[0] = 0;
    if (dladdr(inside, &info) == 0) {
        return false;
    }
    void *library = dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
    if (library == NULL) {
        return false;
    }
    fields = table(library, "gHotSpotVMStructs");
    types = table(library, "gHotSpotVMTypes");
    ints = table(library, "gHotSpotVMIntConstants");
    longs = table(library, "gHotSpotVMLongConstants");
    dlclose(library);
    return fields != NULL && types != NULL && ints != NULL && longs != NULL;
}

static void note_missing(const char *type, const char *name) {
    if (missing[0] == 0) {
        snprintf(missing, sizeof missing, "%s%s%s", type, name[0] == 0 ? "" : "::", name);
    }
}

static const struct field_row *row(struct place place) {
    if (place.type == NULL) {
        return NULL;
    }
    for (const struct field_row *at = fields; at->type != NULL; at++) {
        if (strcmp(at->type, place.type) == 0 && strcmp(at->field, place.field) == 0) {
            return at;
        }
    }
    return NULL;
}

static const struct field_row *either(struct place now, struct place before) {
    const struct field_row *found = row(now);
    if (found == NULL) {
        found = row(before);
    }
    if (found == NULL) {
        note_missing(now.type, now.field);
    }
    return found;
}

long vmstructs_offset(struct place now, struct place before) {
    const struct field_row *found = either(now, before);
    return found == NULL ? 0 : (long)found->offset;
}

addr vmstructs_static(struct place now, struct place before) {
    const struct field_row *found = either(now, before);
    return found == NULL ? NULL : found->address;
}

bool vmstructs_has(struct place place) { return row(place) != NULL; }

static const struct type_row *type_of(const char *name) {
    for (const struct type_row *at = types; name != NULL && at->type != NULL; at++) {
        if (strcmp(at->type, name) == 0) {
            return at;
        }
    }
    return NULL;
}

long vmstructs_size(const char *type, const char *before) {
    const struct type_row *found = type_of(type);
    if (found == NULL) {
        found = type_of(before);
    }
    if (found == NULL) {
        note_missing(type, "");
        return 0;
    }
    return (long)found->size;
}

static bool constant(const char *name, long *value) {
    for (const struct int_row *at = ints; name != NULL && at->name != NULL; at++) {
        if (strcmp(at->name, name) == 0) {
            *value = at->value;
            return true;
        }
    }
    for (const struct long_row *at = longs; name != NULL && at->name != NULL; at++) {
        if (strcmp(at->name, name) == 0) {
            *value = (long)at->value;
            return true;
        }
    }
    return false;
}

long vmstructs_constant(const char *now, const char *before) {
    long value = 0;
    if (!constant(now, &value) && !constant(before, &value)) {
        note_missing(now, "");
    }
    return value;
}

const char *vmstructs_missing(void) { return missing[0] == 0 ? NULL : missing; }
