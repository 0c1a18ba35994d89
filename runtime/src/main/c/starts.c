/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "starts.h"

#include "arena.h"
#include "missed.h"
#include "names.h"
#include "roots.h"

static const struct walk *heap;
static addr entries;

static struct starts *finding;

void starts_open(const struct walk *walk, addr entry_array) {
    heap = walk;
    entries = entry_array;
}

static void add(addr object) {
    for (size_t i = 0; i < finding->objects.count; i++) {
        if (finding->objects.all[i] == (u8)object) {
            return;
        }
    }
    arena_push(&finding->objects, (u8)object);
}

/* ---- by an entry of the registry ---- */

static void find_entry(const struct planned_root *root) {
    finding->detail = DETAIL_NOT_REGISTERED;
    if (entries == NULL || root->entry >= AT(u4, entries, vm.array_length)) {
        return;
    }
    addr elements = entries + class_of(entries)->array_base;
    addr entry = oop_at(elements + (u8)root->entry * vm.oop_bytes);
    const struct klass *klass = entry == NULL ? NULL : class_of(entry);
    if (klass == NULL || klass->referent == NO_REFERENT) {
        return;
    }
    addr object = oop_at(entry + klass->referent);
    if (object == NULL) {
        finding->detail = DETAIL_COLLECTED;
    } else {
        add(object);
    }
}

/* ---- by a static field ---- */

static void find_static(const struct planned_root *root) {
    finding->detail = DETAIL_NO_CLASS;
    for (u4 i = 0; i < classes.count; i++) {
        const struct klass *klass = &classes.all[i];
        struct field field;
        if (klass->mirror == NULL || !names_is(klass, root->name.class_name)) {
            continue;
        }
        if (!names_declared(klass, root->name.field, &field) || !field.is_static || field.type != TYPE_REFERENCE) {
            finding->detail = DETAIL_NO_FIELD;
            continue;
        }
        addr object = oop_at(klass->mirror + field.offset);
        if (object == NULL) {
            finding->detail = DETAIL_FIELD_NULL;
        } else {
            add(object);
        }
    }
}

/* ---- by a class ---- */

static void find_instances(const struct planned_root *root) {
    u8 all = 0;
    finding->of_class = &root->name.class_name;
    for (u4 i = 0; i < classes.count; i++) {
        if (names_is(&classes.all[i], root->name.class_name)) {
            all += classes.all[i].seen.objects;
            finding->count += classes.all[i].reached.objects;
        }
    }
    finding->detail = all == 0 ? DETAIL_NO_INSTANCE : DETAIL_NONE;
    finding->state = all == 0 ? ROOT_GONE : finding->count == 0 ? ROOT_NOT_REACHED : ROOT_MEASURED;
}

/* ---- by a thread's name ---- */

static struct {
    u4 name;  /* offsets: of a thread's field, */
    u4 value; /* and of a string's */
    u4 coder;
} offsets;

static const struct text *thread_name;
static bool found_thread;

static void find_offsets(void) {
    for (u4 i = 0; i < classes.count && offsets.name == 0; i++) {
        if (symbol_is(classes.all[i].name, "java/lang/Thread")) {
            offsets.name = field_offset(classes.all[i].address, "name");
        }
    }
    for (u4 i = 0; i < classes.count && offsets.value == 0; i++) {
        if (symbol_is(classes.all[i].name, "java/lang/String")) {
            offsets.value = field_offset(classes.all[i].address, "value");
            offsets.coder = field_offset(classes.all[i].address, "coder");
        }
    }
}

static bool has_name(addr thread) {
    addr string = oop_at(thread + offsets.name);
    addr value = string == NULL ? NULL : oop_at(string + offsets.value);
    if (value == NULL) {
        return false;
    }
    bool wide = AT(u1, string, offsets.coder) != 0;
    addr bytes = value + class_of(value)->array_base;
    u4 length = AT(u4, value, vm.array_length) >> wide;
    if (length != thread_name->length / 2) {
        return false;
    }
    for (u4 i = 0; i < length; i++) {
        u2 wanted = __builtin_bswap16(AT(u2, thread_name->bytes, 2 * (long)i));
        if (wanted != (wide ? AT(u2, bytes, 2 * (long)i) : AT(u1, bytes, i))) {
            return false;
        }
    }
    return true;
}

static bool is_of_thread(const struct root *root) {
    return root->kind == JVMTI_HEAP_REFERENCE_STACK_LOCAL || root->kind == JVMTI_HEAP_REFERENCE_JNI_LOCAL;
}

static void consider_virtual(addr thread) {
    if (has_name(thread)) {
        found_thread = true;
        add(thread);
        reach_virtual_frames(thread, add);
    }
}

static void find_thread(const struct planned_root *root) {
    thread_name = &root->name.class_name;
    found_thread = false;
    find_offsets();
    for (u4 i = 0; i < roots.count; i++) {
        const struct root *thread = &roots.all[i];
        if (thread->kind != JVMTI_HEAP_REFERENCE_THREAD || !has_name(thread->object)) {
            continue;
        }
        found_thread = true;
        add(thread->object);
        for (u4 k = 0; k < roots.count; k++) {
            if (is_of_thread(&roots.all[k]) && roots.all[k].thread == thread->thread) {
                add(roots.all[k].object);
            }
        }
    }
    reach_virtual_threads(consider_virtual);
    finding->detail = found_thread ? DETAIL_NONE : DETAIL_NO_THREAD;
}

/* ---- all of them ---- */

static void keep_reached(void) {
    u8 *objects = finding->objects.all;
    size_t kept = 0;
    bool any = finding->objects.count > 0;
    for (size_t i = 0; i < finding->objects.count; i++) {
        if (map_has(&reached.map, (addr)objects[i])) {
            objects[kept++] = objects[i];
        }
    }
    finding->objects.count = kept;
    finding->count = kept;
    finding->state = kept > 0 ? ROOT_MEASURED : any ? ROOT_NOT_REACHED : ROOT_GONE;
    finding->detail = any ? DETAIL_NONE : finding->detail;
}

void starts_find(struct starts *starts, const struct planned_root *root) {
    finding = starts;
    starts->state = ROOT_GONE;
    switch (root->kind) {
        case FOUND_BY_ENTRY: find_entry(root); break;
        case FOUND_BY_STATIC: find_static(root); break;
        case FOUND_BY_THREAD: find_thread(root); break;
        case FOUND_BY_CLASS: find_instances(root); return;
        default:
            starts->state = ROOT_NOT_MEASURED;
            starts->detail = DETAIL_BY_ADDRESS;
            return;
    }
    keep_reached();
}

static void (*each_instance)(addr object);

static void visit_instance(addr object, struct klass *klass, u8 bytes) {
    (void)bytes;
    if (UNLIKELY(klass->wanted) && map_has(&reached.map, object)) {
        each_instance(object);
    }
}

static void visit_missed(addr object) { visit_instance(object, class_of(object), 0); }

void starts_each(const struct starts *starts, void (*each)(addr object)) {
    for (size_t i = 0; i < starts->objects.count; i++) {
        each((addr)starts->objects.all[i]);
    }
    if (starts->of_class == NULL) {
        return;
    }
    for (u4 i = 0; i < classes.count; i++) {
        classes.all[i].wanted = names_is(&classes.all[i], *starts->of_class);
    }
    each_instance = each;
    struct walk again = *heap;
    walk_again(&again);
    walk_all(&again, visit_instance);
    missed_each(visit_missed);
}
