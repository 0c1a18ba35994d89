/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "hprof.h"

#include "child.h"
#include "chunks.h"
#include "classes.h"
#include "ids.h"
#include "mirrors.h"
#include "missed.h"
#include "records.h"
#include "roots.h"
#include "rules.h"
#include "share.h"
#include "threads.h"
#include "walk.h"
#include "writer.h"

/* Of a name, a type and a value. */
#define STATIC_BYTES(type) (ids.bytes + 1 + ids_value_bytes(type))
#define MEMBER_BYTES (ids.bytes + 1)

static const char RESOLVED_REFERENCES[] = "<resolved_references>";

static const struct hprof_settings *settings;
static struct walk walk;
static struct share *share;

static void write_names(void) {
    struct fields fields;
    struct field field;
    for (u4 i = 0; i < classes.count; i++) {
        const struct klass *klass = &classes.all[i];
        write_symbol(klass->name);
        if (klass->kind == KIND_INSTANCE) {
            fields_open(&fields, klass->address);
            while (fields_next(&fields, &field)) {
                write_symbol(field.name);
            }
        }
    }
    for (u4 i = 0; i < mirrors.count; i++) {
        write_text(mirrors.fields[i].name, mirrors.fields[i].name_length);
    }
    write_text(RESOLVED_REFERENCES, sizeof RESOLVED_REFERENCES - 1);
}

static void write_loaded_classes(void) {
    for (u4 i = 0; i < classes.count; i++) {
        if (classes.all[i].mirror != NULL) {
            begin_record(RECORD_LOAD_CLASS, 8 + 2 * ids.bytes);
            put4(class_serial(&classes.all[i]));
            put_object(classes.all[i].mirror);
            put4(EMPTY_TRACE);
            put_name((u8)classes.all[i].name);
        }
    }
}

/* ---- classes ---- */

/* What is written of a value. */
#define KEPT_OF(value, fate) (LIKELY((fate) == FATE_KEPT) ? (value) : (fate) == FATE_ZEROED ? 0 : (value) != 0)

static inline u1 *store_value(u1 *to, addr place, u1 type, u1 fate, bool narrow) {
    switch (type) {
        case TYPE_REFERENCE: return store_reference(to, place, narrow);
        case TYPE_BOOLEAN:
        case TYPE_BYTE: return store1(to, KEPT_OF(AT(u1, place, 0), fate));
        case TYPE_CHAR:
        case TYPE_SHORT: return store2(to, KEPT_OF(AT(u2, place, 0), fate));
        case TYPE_INT:
        case TYPE_FLOAT: return store4(to, KEPT_OF(AT(u4, place, 0), fate));
        default: return store8(to, KEPT_OF(AT(u8, place, 0), fate));
    }
}

/* Whether the record of a class has a field that it declares. */
static bool has_field(const struct klass *klass, const struct field *field) {
    return !field->is_injected && (field->is_static || ids_give_place(rules_fate(klass->name, field)));
}

struct members {
    u4 statics, instance_fields, from_mirror;
    u4 bytes; /* of all of them in the record */
    addr resolved;
};

static struct members count_members(const struct klass *klass) {
    struct members members = {0, 0, 0, 0, NULL};
    for (u4 i = 0; i < mirrors.count; i++) {
        members.from_mirror += mirror_reference(klass->mirror, mirrors.fields[i].offset) != NULL;
    }
    if (klass->kind == KIND_INSTANCE) {
        struct fields fields;
        struct field field;
        fields_open(&fields, klass->address);
        while (fields_next(&fields, &field)) {
            if (!has_field(klass, &field)) {
                continue;
            }
            if (field.is_static) {
                members.statics++;
                members.bytes += STATIC_BYTES(field.type);
            } else {
                members.instance_fields++;
                members.bytes += MEMBER_BYTES;
            }
        }
        members.resolved = class_resolved_references(klass);
    }
    members.bytes += STATIC_BYTES(TYPE_REFERENCE) * (members.from_mirror + (members.resolved != NULL));
    return members;
}

static void put_reference_field(const char *name, addr value) {
    writer_need(STATIC_BYTES(TYPE_REFERENCE));
    put_name((u8)name);
    put1(TYPE_REFERENCE);
    put_object(value);
}

static void put_fields(const struct klass *klass, bool statics) {
    struct fields fields;
    struct field field;
    if (klass->kind != KIND_INSTANCE) {
        return;
    }
    fields_open(&fields, klass->address);
    while (fields_next(&fields, &field)) {
        if (field.is_static != statics || !has_field(klass, &field)) {
            continue;
        }
        writer_need(statics ? STATIC_BYTES(field.type) : MEMBER_BYTES);
        put_name((u8)field.name);
        put1(field.type);
        if (statics) {
            addr place = klass->mirror + field.offset;
            writer_move(store_value(writer_place(), place, field.type, rules_fate(klass->name, &field), ids.narrow));
        }
    }
}

static void write_class(const struct klass *klass) {
    struct members members = count_members(klass);
    const struct klass *super_class = class_super(klass);
    const struct klass *owner = class_owner(klass);
    u4 head = 1 + 4 + 7 * ids.bytes + 4 + 2 * 2;
    begin_sub_record(head + 2 + members.bytes, false);
    writer_need(head);
    put1(CLASS_DUMP);
    put_object(klass->mirror);
    put4(EMPTY_TRACE);
    put_object(super_class == NULL ? NULL : super_class->mirror);
    put_object(klass_loader(klass));
    put_object(mirror_reference(owner->mirror, mirrors.signers));
    put_object(mirror_reference(owner->mirror, mirrors.protection_domain));
    put_wide(0);
    put_wide(0);
    put4(klass->kind != KIND_INSTANCE ? 0 : ids.brief ? klass->bytes : klass->record_bytes);
    put2(0); /* constants */
    put2((u2)(members.statics + members.from_mirror + (members.resolved != NULL)));
    put_fields(klass, true);
    for (u4 i = 0; i < mirrors.count; i++) {
        addr reference = mirror_reference(klass->mirror, mirrors.fields[i].offset);
        if (reference != NULL) {
            put_reference_field(mirrors.fields[i].name, reference);
        }
    }
    if (members.resolved != NULL) {
        put_reference_field(RESOLVED_REFERENCES, members.resolved);
    }
    writer_need(2);
    put2((u2)members.instance_fields);
    put_fields(klass, false);
}

static void write_classes(void) {
    for (u4 i = 0; i < classes.count; i++) {
        if (classes.all[i].mirror != NULL) {
            write_class(&classes.all[i]);
        }
    }
}

/* ---- objects ---- */

/* Of an instance without its values, or of an object array without its elements; of other arrays the first. */
#define OBJECT_BYTES (1 + 2 * 4 + 2 * ids.bytes)
#define PRIMITIVES_BYTES (1 + 2 * 4 + ids.bytes + 1)

/*
 * A value as it is in the heap, or 0: the eight bytes that end with it, the other way round, begin with it in the record. They
 * lie in the object, whose header comes before its fields; what is stored too much is overwritten by the next value, or lies
 * in the buffer's margin. No branch on what it is, which no processor could foresee.
 */
static inline u1 *store_as_it_is(u1 *to, addr object, const struct slot *slot) {
    u8 value = AT(u8, object + slot->offset + slot->bytes, -8);
    store8(to, value & -(u8)(slot->fate == FATE_KEPT));
    return to + slot->bytes;
}

static inline __attribute__((always_inline)) void write_instance(addr object, const struct klass *klass) {
    const bool narrow = ids.narrow;
    begin_sub_record(OBJECT_BYTES + klass->record_bytes, false);
    writer_need(OBJECT_BYTES + klass->record_bytes);
    u1 *to = store1(writer_place(), INSTANCE_DUMP);
    to = store_object(to, object, narrow);
    to = store4(to, EMPTY_TRACE);
    to = store_object(to, klass->mirror, narrow);
    to = store4(to, klass->record_bytes);
    const struct slot *end = klass->slots + klass->slot_count;
    if (LIKELY(!klass->computed)) {
        for (const struct slot *slot = klass->slots; slot < end; slot++) {
            to = store_as_it_is(to, object, slot);
        }
    } else {
        for (const struct slot *slot = klass->slots; slot < end; slot++) {
            to = store_value(to, object + slot->offset, slot->type, slot->fate, narrow);
        }
    }
    writer_move(to);
}

/* The length of a segment has 32 bits: as with HotSpot, of a larger array only the front is there. */
static u4 length_that_fits(addr array, u4 header, u4 element_bytes) {
    u4 length = AT(u4, array, vm.array_length);
    u4 most = (UINT32_MAX - header) / element_bytes;
    return length < most ? length : most;
}

static void write_object_array(addr object, const struct klass *klass) {
    u4 length = length_that_fits(object, OBJECT_BYTES, ids.bytes);
    begin_sub_record(OBJECT_BYTES + ids.bytes * (u8)length, false);
    writer_need(OBJECT_BYTES);
    put1(OBJECT_ARRAY_DUMP);
    put_object(object);
    put4(EMPTY_TRACE);
    put4(length);
    put_object(klass->mirror);
    put_references(object + klass->array_base, length);
}

static void put_primitives(u1 tag, addr object, const struct klass *klass, u4 length) {
    put1(tag);
    put_object(object);
    put4(EMPTY_TRACE);
    put4(length);
    put1(klass->element_type);
}

/* Of an array whose contents nobody wants; any length fits. */
static void write_length(addr object, const struct klass *klass) {
    begin_sub_record(PRIMITIVES_BYTES, false);
    writer_need(PRIMITIVES_BYTES);
    put_primitives(PRIMITIVE_ARRAY_NODATA_DUMP, object, klass, AT(u4, object, vm.array_length));
}

static void write_primitive_array(addr object, const struct klass *klass) {
    bool left_out = rules_any() && !set_has(&settings->kept_arrays, (u8)object);
    if (left_out && ids.brief) {
        write_length(object, klass);
        return;
    }
    u4 length = length_that_fits(object, PRIMITIVES_BYTES, 1u << klass->element_shift);
    u8 bytes = (u8)length << klass->element_shift;
    begin_sub_record(PRIMITIVES_BYTES + bytes, left_out && writer_leaves_hole(bytes));
    writer_need(PRIMITIVES_BYTES);
    put_primitives(PRIMITIVE_ARRAY_DUMP, object, klass, length);
    if (left_out) {
        writer_zeros(bytes);
    } else {
        writer_values(object + klass->array_base, length, klass->element_shift);
    }
}

static inline __attribute__((always_inline)) void write_object(addr object, struct klass *klass, u8 bytes) {
    (void)bytes;
    if (UNLIKELY(klass->mirror == NULL)) {
        return; /* its class is not set up yet: nobody can have a reference to it */
    }
    if (klass->kind == KIND_INSTANCE) {
        if (UNLIKELY(klass->sizing == SIZE_OF_MIRROR) && mirror_has_record(object)) {
            return;
        }
        write_instance(object, klass);
        if (UNLIKELY(klass->address == chunks.virtual_thread)) {
            u8 serial = __atomic_add_fetch(&share->threads, 1, __ATOMIC_RELAXED);
            write_virtual_thread(&walk, object, (u4)serial);
        }
    } else if (klass->kind == KIND_OBJECT_ARRAY) {
        write_object_array(object, klass);
    } else {
        write_primitive_array(object, klass);
    }
}

static void write_objects(const void *unused) {
    (void)unused;
    for (const struct stretch *stretch; (stretch = share_next(share, &walk)) != NULL;) {
        walk_stretch(&walk, *stretch, write_object);
        walk_beat(&walk, 0);
    }
    close_segment();
    share_add(share, &walk);
}

static void note_virtual_thread(addr object, struct klass *klass, u8 bytes) {
    (void)bytes;
    if (UNLIKELY(klass->address == chunks.virtual_thread)) {
        reach_virtual_thread(&walk, object);
    }
}

static void write_missed_object(addr object) { write_object(object, class_of(object), 0); }

/* Living objects that the walk stepped over, beside dead ones of which nobody knows how large they are. */
static void write_missed(void) {
    if (chunks.virtual_thread != NULL) {
        struct walk again = walk;
        walk_again(&again);
        walk_all(&again, note_virtual_thread);
    }
    reach_open(&walk, true);
    reach_all();
    missed_find(&walk);
    missed_each(write_missed_object);
    close_segment();
}

/* ---- the file ---- */

static void write_header(void) {
    static const char format[] = "JAVA PROFILE 1.0.2";
    writer_need(sizeof format + 12);
    writer_bytes(format, sizeof format);
    put4(ids.bytes);
    put8(settings->epoch_millis);
    ids_write_form();
}

/* All that is written under a name, some more than once. */
static u4 count_names(void) {
    struct fields fields;
    u4 names = classes.count + mirrors.count + 1 + 3 * roots.frame_count;
    for (u4 i = 0; i < classes.count; i++) {
        if (classes.all[i].kind == KIND_INSTANCE) {
            fields_open(&fields, classes.all[i].address);
            names += fields.count;
        }
    }
    return names;
}

void hprof_write(const struct hprof_settings *with) {
    settings = with;
    share = share_open(settings->processes);
    share->threads = roots.threads;
    writer_open_file(settings->descriptor, rules_any(), &share->file_end);
    ids_open(settings->brief);
    classes_load(true);
    mirrors_load();
    chunks_load();
    ids_expect_names(count_names());
    walk_open(&walk);
    write_header();
    write_names();
    write_loaded_classes();
    write_threads();
    write_classes();
    write_roots();
    close_segment();
    writer_flush();
    share_work(share, &walk, write_objects);
    if (walk.lost_stretches > 0) {
        write_missed();
    }
    begin_record(RECORD_END, 0);
    writer_close(settings->sync);
    walk_tell(&walk);
}
