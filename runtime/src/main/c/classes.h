/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_CLASSES_H
#define HG_CLASSES_H

#include "base.h"
#include "fields.h"
#include "vm.h"

/* All classes that are loaded, and how large their objects are. */

enum kind { KIND_INSTANCE, KIND_OBJECT_ARRAY, KIND_PRIMITIVE_ARRAY };

/* How the size of an instance is found. */
enum sizing { SIZE_FIXED, SIZE_OF_MIRROR, SIZE_OF_CHUNK };

/* Objects of one class. */
struct count {
    u8 objects, bytes, largest;
};

static inline void count_object(struct count *count, u8 bytes) {
    count->objects++;
    count->bytes += bytes;
    if (UNLIKELY(bytes > count->largest)) {
        count->largest = bytes;
    }
}

/* Objects of all classes. */
struct tally {
    u8 objects, bytes;
};

struct native;

/* A value of an instance, in the order of its hprof record. */
struct slot {
    u4 offset;
    u1 type;
    u1 fate; /* what becomes of it where contents are left out, see rules.h */
    u1 bytes; /* in the record */
};

struct klass {
    addr address;
    addr mirror; /* its java.lang.Class, or NULL as long as there is none */
    addr name;   /* a Symbol */
    int32_t layout;
    u1 kind;
    u1 sizing;
    u1 element_type;   /* of a primitive array */
    u1 element_shift;  /* of an array: log2 of the bytes of an element */
    u2 array_base;     /* of an array: where the elements start */
    u4 bytes;          /* of an instance of fixed size, or what is fixed of it */
    u4 record_bytes;   /* of an instance: its values in hprof */
    u4 slot_count;
    struct slot *slots;
    bool computed;       /* of an instance: a value in its record has another form or width than in the heap */
    u4 *strong;          /* of an instance: offsets of the references to follow, see edges.h */
    u4 strong_count;
    u4 referent;         /* of a java.lang.ref.Reference: offset of what it need not hold; else NO_REFERENT */
    u4 *statics;         /* offsets of the static references in the mirror, those to follow first */
    u4 statics_count;
    u4 statics_followed;
    bool barred;         /* walks do not enter its instances */
    bool wanted;         /* its instances are asked for */
    struct count seen;   /* of all objects */
    struct count reached; /* of these, what the GC roots reach */
    struct count walked; /* of the walk under way */
    u4 number;           /* in the message */
    u8 native_bytes;     /* outside of the heap, held by all its objects */
    const struct native *native; /* how an instance tells of them, or NULL */
};

#define NO_REFERENT 0xffffffffu

struct classes {
    struct klass *all;
    u4 count;
    addr stack_chunk; /* Klass of jdk.internal.vm.StackChunk, or NULL */
    u4 chunk_size;    /* offset of its field size */
};

extern struct classes classes;

/* Collects the classes; the slots of instances only where a product writes them. */
void classes_load(bool with_slots);

/* The class at an address, or NULL if none is loaded there. */
struct klass *class_at(addr klass);

/* The last class seen for what a header holds, by its hash. */
#define KNOWN_CLASSES (1u << 16)
extern struct known_class {
    u8 word;
    struct klass *klass;
} *known_classes;

/* What of the header tells the class. */
static inline u8 class_word(addr object) {
    if (vm.compact_headers) {
        return AT(u8, object, 0) >> vm.mark_klass_shift;
    }
    return vm.narrow_klasses ? AT(u4, object, 8) : AT(u8, object, 8);
}

struct klass *class_of_new(addr object);

/* The class of an object, or NULL if what is there is no object of a loaded class. Fast. */
static inline struct klass *class_of(addr object) {
    u8 word = class_word(object);
    const struct known_class *known = &known_classes[hash_of(word) & (KNOWN_CLASSES - 1)];
    return LIKELY(known->word == word) ? known->klass : class_of_new(object);
}

/* Whether a class that is unloaded may have been at an address: it lies among those that are loaded. */
bool class_may_have_been(addr klass);

addr klass_super(const struct klass *klass);

/* What a dump shows as the super class, or NULL. As in HotSpot's, arrays extend Object. */
const struct klass *class_super(const struct klass *klass);

/* The class whose signers and protection domain a class has: of an array of references that of its elements. */
const struct klass *class_owner(const struct klass *klass);

/* The array of what a class's constants refer to, or NULL. */
addr class_resolved_references(const struct klass *klass);

addr klass_loader(const struct klass *klass);

/* Bytes of an object, or 0 where they make no sense. */
static inline u8 chunk_bytes(const struct klass *klass, addr object) {
    u8 words = AT(u4, object, classes.chunk_size);
    u8 bits = vm.narrow_oops ? words * 2 : words;
    return klass->bytes + 8 * (words + (bits + 63) / 64);
}

static inline u8 object_bytes(const struct klass *klass, addr object) {
    if (klass->kind == KIND_INSTANCE) {
        if (LIKELY(klass->sizing == SIZE_FIXED)) {
            return klass->bytes;
        }
        u8 bytes = klass->sizing == SIZE_OF_MIRROR ? (u8)AT(u4, object, vm.mirror_size) * 8 : chunk_bytes(klass, object);
        return round_up(bytes, vm.alignment);
    }
    u8 length = AT(u4, object, vm.array_length);
    return round_up(klass->array_base + (length << klass->element_shift), vm.alignment);
}

#endif
