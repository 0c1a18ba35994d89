/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "names.h"

#include "arena.h"
#include "fields.h"

#define MOST_DIMENSIONS 255
/* A symbol's length has 16 bits. */
#define ROOM (65536 + 2 * MOST_DIMENSIONS + 16)

struct name {
    char bytes[ROOM];
    u4 length;
};

/* A class's names by their hashes; most are not equal, and the few that are get compared. */
struct hashes {
    u8 exact, display;
};

static struct hashes *hashes;
static struct name exact, display;

static void append(struct name *name, const char *bytes, size_t length) {
    if (name->length + length <= ROOM) {
        memcpy(name->bytes + name->length, bytes, length);
        name->length += (u4)length;
    }
}

static const char *find(const char *in, u4 length, const char *what) {
    return memmem(in, length, what, strlen(what));
}

/* Hidden classes end in an address behind a plus sign. */
static void append_dotted(struct name *name, const char *internal, u4 length) {
    const char *suffix = find(internal, length, "+0x");
    if (suffix == NULL) {
        suffix = find(internal, length, "/0x");
    }
    u4 plain = suffix == NULL ? length : (u4)(suffix - internal);
    u4 start = name->length;
    append(name, internal, plain);
    for (u4 i = start; i < name->length; i++) {
        name->bytes[i] = name->bytes[i] == '/' ? '.' : name->bytes[i];
    }
    if (suffix != NULL) {
        append(name, "/", 1);
        append(name, suffix + 1, length - plain - 1);
    }
}

static const char *primitive(char code) {
    switch (code) {
        case 'Z': return "boolean";
        case 'B': return "byte";
        case 'C': return "char";
        case 'S': return "short";
        case 'I': return "int";
        case 'J': return "long";
        case 'F': return "float";
        case 'D': return "double";
        default: return NULL;
    }
}

static void make_exact(addr symbol) {
    const char *body = symbol_body(symbol);
    u4 length = symbol_length(symbol);
    u4 dimensions = 0;
    exact.length = 0;
    while (dimensions < length && dimensions < MOST_DIMENSIONS && body[dimensions] == '[') {
        dimensions++;
    }
    if (dimensions == 0 || dimensions == length) {
        append_dotted(&exact, body, length);
        return;
    }
    const char *element = primitive(body[dimensions]);
    if (element != NULL) {
        append(&exact, element, strlen(element));
    } else { /* Lcom/acme/Foo; */
        u4 behind = body[length - 1] == ';' ? length - 1 : length;
        append_dotted(&exact, body + dimensions + 1, behind > dimensions + 1 ? behind - dimensions - 1 : 0);
    }
    for (u4 i = 0; i < dimensions; i++) {
        append(&exact, "[]", 2);
    }
}

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static u4 run_of(const char *from, const char *end, bool (*is)(char c)) {
    const char *at = from;
    while (at < end && is(*at)) {
        at++;
    }
    return (u4)(at - from);
}

/* Numbers that a run of the program hands out, and how many characters in front of them go as well. */
static const struct {
    const char *before;
    u4 goes;
} NUMBERED[] = {
    {"$$Lambda$", 1},
    {"$Proxy", 0},
    {"GeneratedMethodAccessor", 0},
    {"GeneratedConstructorAccessor", 0},
    {"GeneratedSerializationConstructorAccessor", 0},
};

static u4 skipped(struct name *into, const char *at, const char *end) {
    if (end - at > 3 && memcmp(at, "/0x", 3) == 0) {
        u4 digits = run_of(at + 3, end, is_hex);
        return digits == 0 ? 0 : 3 + digits;
    }
    for (size_t i = 0; i < sizeof NUMBERED / sizeof NUMBERED[0]; i++) {
        size_t length = strlen(NUMBERED[i].before);
        if ((size_t)(end - at) > length && memcmp(at, NUMBERED[i].before, length) == 0) {
            u4 digits = run_of(at + length, end, is_digit);
            if (digits > 0) {
                append(into, NUMBERED[i].before, length - NUMBERED[i].goes);
                return (u4)length + digits;
            }
        }
    }
    return 0;
}

/* Of the exact name. */
static void make_display(void) {
    const char *at = exact.bytes;
    const char *end = exact.bytes + exact.length;
    display.length = 0;
    while (at < end) {
        u4 skip = *at == '/' || *at == '$' || *at == 'G' ? skipped(&display, at, end) : 0;
        if (skip == 0) {
            append(&display, at++, 1);
        } else {
            at += skip;
        }
    }
}

/* FNV-1a. */
u8 names_hash(const char *bytes, u4 length) {
    u8 hash = 0xcbf29ce484222325u;
    for (u4 i = 0; i < length; i++) {
        hash = (hash ^ (u1)bytes[i]) * 0x100000001b3u;
    }
    return hash;
}

void names_load(void) {
    hashes = arena_take(sizeof *hashes * classes.count);
    for (u4 i = 0; i < classes.count; i++) {
        make_exact(classes.all[i].name);
        make_display();
        hashes[i] = (struct hashes){names_hash(exact.bytes, exact.length), names_hash(display.bytes, display.length)};
    }
}

static bool is(const struct name *made, struct text name) {
    return made->length == name.length && memcmp(made->bytes, name.bytes, name.length) == 0;
}

bool names_exactly(const struct klass *klass, struct text name) {
    if (hashes[klass - classes.all].exact != name.hash) {
        return false;
    }
    make_exact(klass->name);
    return is(&exact, name);
}

bool names_is(const struct klass *klass, struct text name) {
    const struct hashes *known = &hashes[klass - classes.all];
    if (known->exact != name.hash && known->display != name.hash) {
        return false;
    }
    make_exact(klass->name);
    make_display();
    return is(&exact, name) || is(&display, name);
}

bool names_declared(const struct klass *klass, struct text name, struct field *field) {
    struct fields fields;
    fields_open(&fields, klass->address);
    while (fields_next(&fields, field)) {
        if (!field->is_injected && symbol_length(field->name) == name.length
            && memcmp(symbol_body(field->name), name.bytes, name.length) == 0) {
            return true;
        }
    }
    return false;
}

bool names_field(const struct klass *klass, const struct field_name *name, struct field *field) {
    for (const struct klass *at = klass->kind == KIND_INSTANCE ? klass : NULL; at != NULL; at = class_super(at)) {
        if (names_exactly(at, name->class_name) && names_declared(at, name->field, field)) {
            return true;
        }
    }
    return false;
}

bool names_in_package(const struct klass *klass, struct text package) {
    make_exact(klass->name);
    const char *slash = memchr(exact.bytes, '/', exact.length);
    u4 end = slash == NULL ? exact.length : (u4)(slash - exact.bytes);
    while (end > 0 && exact.bytes[end - 1] != '.') {
        end--;
    }
    u4 length = end == 0 ? 0 : end - 1; /* of the package */
    return length >= package.length && memcmp(exact.bytes, package.bytes, package.length) == 0
           && (length == package.length || exact.bytes[package.length] == '.');
}
