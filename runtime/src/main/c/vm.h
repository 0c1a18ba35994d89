/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_VM_H
#define HG_VM_H

#include "base.h"

/* What is known of this VM once and for all: flags, and where its structures keep what. Filled in the parent by vm_resolve. */

enum collector { COLLECTOR_NONE, COLLECTOR_G1, COLLECTOR_PARALLEL, COLLECTOR_SERIAL };

struct vm {
    int feature; /* 17, 21, 25 */
    enum collector collector;
    bool narrow_oops;
    bool narrow_klasses;
    bool compact_headers;
    addr oop_base;
    int oop_shift;
    addr klass_base;
    int klass_shift;
    int mark_klass_shift; /* with compact headers: the narrow class is in the mark word */
    u4 array_length;      /* offset of an array's length */
    u4 oop_bytes;
    u4 alignment; /* of objects, in bytes */

    long klass_layout, klass_name, klass_mirror, klass_super, klass_loader_data, klass_next, klass_vtable;
    long instance_constants, instance_state, instance_itable, instance_oop_maps, instance_size;
    long instance_fields;        /* up to JDK 20: an array of shorts, six to a field */
    long instance_field_stream;  /* since JDK 21: a compressed stream; 0 before */
    long bottom_klass;
    long loader_next, loader_klasses, loader_oop;
    long symbol_length, symbol_body;
    long pool_size, pool_cache, pool_source_file, pool_holder, cache_resolved;
    long method_const, const_pool, const_name, const_signature;
    long const_flags; /* 0 where the VM does not tell of lines */
    long const_has_lines, const_code_bytes, const_bytes;
    long threads_length, threads_array;
    long tlab_start, tlab_top, tlab_end, thread_tlab;
    long tlab_reserve; /* bytes kept free behind the end of a thread's allocation buffer */
    long mirror_klass, mirror_size;
    addr loader_head, threads_list, heap, class_klass, object_klass;
    addr *vm_symbols; /* names of fields that the VM injects */

    long g1_regions, g1_length, region_bottom, region_top, region_tag;
    long region_starts, region_continues;
    addr young, old;
    long young_eden, young_from, young_to, old_space;
    long space_bottom, space_top;
    long reserved_start, reserved_words;
};

extern struct vm vm;

/*
 * Learns the VM. Gives NULL, or why this VM cannot be served: in words for people, in static memory.
 * inside: any function of the VM's library.
 */
const char *vm_resolve(const void *inside);

static inline addr oop_at(addr place) {
    if (vm.narrow_oops) {
        u4 narrow = AT(u4, place, 0);
        return narrow == 0 ? NULL : vm.oop_base + ((u8)narrow << vm.oop_shift);
    }
    return AT(addr, place, 0);
}

static inline addr klass_of(addr object) {
    if (vm.compact_headers) {
        return vm.klass_base + ((AT(u8, object, 0) >> vm.mark_klass_shift) << vm.klass_shift);
    }
    if (vm.narrow_klasses) {
        return vm.klass_base + ((u8)AT(u4, object, 8) << vm.klass_shift);
    }
    return AT(addr, object, 8);
}

/* An OopHandle is a pointer to where the collector keeps the reference up to date. */
static inline addr handle_oop(addr handle) { return handle == NULL ? NULL : AT(addr, handle, 0); }

#endif
