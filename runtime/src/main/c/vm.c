/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "vm.h"

#include <stdio.h>

#include "vmstructs.h"

/* Releases whose layout of what the tables do not tell was proven by tests. */
#define OLDEST 17
#define NEWEST 25

struct vm vm;

static char why_not[240];

static const struct place NOWHERE = {NULL, NULL};

static long offset(const char *type, const char *field) {
    return vmstructs_offset((struct place){type, field}, NOWHERE);
}

static long offset2(const char *type, const char *field, const char *type_before, const char *field_before) {
    return vmstructs_offset((struct place){type, field}, (struct place){type_before, field_before});
}

static addr statics(const char *type, const char *field) {
    return vmstructs_static((struct place){type, field}, NOWHERE);
}

static addr statics2(const char *type, const char *field, const char *field_before) {
    return vmstructs_static((struct place){type, field}, (struct place){type, field_before});
}

static addr pointer_of(addr place) { return place == NULL ? NULL : AT(addr, place, 0); }
static int int_of(addr place) { return place == NULL ? 0 : AT(int32_t, place, 0); }

/* The value of a VM flag of one byte or more, or otherwise if there is no such flag. */
static u8 vm_flag(const char *name, size_t bytes, u8 otherwise) {
    addr flag = pointer_of(statics("JVMFlag", "flags"));
    addr count = statics("JVMFlag", "numFlags");
    long size = vmstructs_size("JVMFlag", NULL);
    long name_at = offset("JVMFlag", "_name");
    long value_at = offset("JVMFlag", "_addr");
    if (flag == NULL || count == NULL) {
        return otherwise;
    }
    for (size_t i = 0; i < AT(size_t, count, 0); i++, flag += size) {
        const char *its_name = pointer_at(flag, name_at);
        if (its_name != NULL && strcmp(its_name, name) == 0) {
            u8 value = 0;
            memcpy(&value, pointer_at(flag, value_at), bytes);
            return value;
        }
    }
    return otherwise;
}

static bool flag(const char *name, bool otherwise) { return vm_flag(name, 1, otherwise) != 0; }

static const char *refuse(const char *reason, const char *detail) {
    snprintf(why_not, sizeof why_not, "%s%s", reason, detail);
    return why_not;
}

static const char *resolve_collector(void) {
    vm.collector = flag("UseG1GC", false)         ? COLLECTOR_G1
                   : flag("UseParallelGC", false) ? COLLECTOR_PARALLEL
                   : flag("UseSerialGC", false)   ? COLLECTOR_SERIAL
                                                  : COLLECTOR_NONE;
    if (flag("UseZGC", false)) {
        return refuse("the collector is ZGC, whose heap is shared memory that a fork does not copy", "");
    }
    if (flag("UseShenandoahGC", false)) {
        return refuse("the collector is Shenandoah, which is not supported", "");
    }
    if (vm.collector == COLLECTOR_NONE) {
        return refuse("the collector is none of G1, Parallel and Serial", "");
    }
    if (flag("UseNUMA", false) && vm.collector == COLLECTOR_PARALLEL) {
        return refuse("Parallel with -XX:+UseNUMA divides its eden, which is not supported", "");
    }
    return NULL;
}

static void resolve_pointers(void) {
    vm.narrow_oops = flag("UseCompressedOops", false);
    vm.narrow_klasses = flag("UseCompressedClassPointers", true);
    vm.compact_headers = flag("UseCompactObjectHeaders", false);
    vm.oop_base = pointer_of(statics2("CompressedOops", "_base", "_narrow_oop._base"));
    vm.oop_shift = int_of(statics2("CompressedOops", "_shift", "_narrow_oop._shift"));
    vm.klass_base = pointer_of(statics2("CompressedKlassPointers", "_base", "_narrow_klass._base"));
    vm.klass_shift = int_of(statics2("CompressedKlassPointers", "_shift", "_narrow_klass._shift"));
    vm.mark_klass_shift = vm.compact_headers ? (int)vmstructs_constant("markWord::klass_shift", NULL) : 0;
    vm.array_length = vm.compact_headers ? 8 : vm.narrow_klasses ? 12 : 16;
    vm.oop_bytes = vm.narrow_oops ? 4 : 8;
    vm.alignment = (u4)vm_flag("ObjectAlignmentInBytes", sizeof(intptr_t), 8);
}

static void resolve_classes(void) {
    vm.klass_layout = offset("Klass", "_layout_helper");
    vm.klass_name = offset("Klass", "_name");
    vm.klass_mirror = offset("Klass", "_java_mirror");
    vm.klass_super = offset("Klass", "_super");
    vm.klass_loader_data = offset("Klass", "_class_loader_data");
    vm.klass_next = offset("Klass", "_next_link");
    vm.klass_vtable = offset("Klass", "_vtable_len");
    vm.instance_constants = offset("InstanceKlass", "_constants");
    vm.instance_state = offset("InstanceKlass", "_init_state");
    vm.instance_itable = offset("InstanceKlass", "_itable_len");
    vm.instance_oop_maps = offset("InstanceKlass", "_nonstatic_oop_map_size");
    vm.instance_size = vmstructs_size("InstanceKlass", NULL);
    if (vmstructs_has((struct place){"InstanceKlass", "_fieldinfo_stream"})) {
        vm.instance_field_stream = offset("InstanceKlass", "_fieldinfo_stream");
    } else {
        vm.instance_fields = offset("InstanceKlass", "_fields");
    }
    vm.bottom_klass = offset("ObjArrayKlass", "_bottom_klass");
    vm.loader_next = offset("ClassLoaderData", "_next");
    vm.loader_klasses = offset("ClassLoaderData", "_klasses");
    vm.loader_oop = offset("ClassLoaderData", "_class_loader");
    vm.loader_head = statics("ClassLoaderDataGraph", "_head");
    vm.object_klass = statics("vmClasses", "_klasses[static_cast<int>(vmClassID::Object_klass_knum)]");
    vm.class_klass = statics("vmClasses", "_klasses[static_cast<int>(vmClassID::Class_klass_knum)]");
    vm.mirror_klass = int_of(statics("java_lang_Class", "_klass_offset"));
    vm.mirror_size = int_of(statics("java_lang_Class", "_oop_size_offset"));
}

/* Of the flags only the lowest 16 bits are of interest, and on both processors they come first. */
static void resolve_lines(void) {
    struct place now = {"ConstMethod", "_flags._flags"};
    struct place before = {"ConstMethod", "_flags"};
    if (!vmstructs_has(now) && !vmstructs_has(before)) {
        return;
    }
    vm.const_flags = vmstructs_offset(now, before);
    vm.const_has_lines = vmstructs_constant("ConstMethodFlags::_misc_has_linenumber_table", "ConstMethod::_has_linenumber_table");
    vm.const_code_bytes = offset("ConstMethod", "_code_size");
    vm.const_bytes = vmstructs_size("ConstMethod", NULL);
}

static void resolve_names(void) {
    vm.symbol_length = offset("Symbol", "_length");
    vm.symbol_body = offset("Symbol", "_body");
    vm.vm_symbols = (addr *)statics("Symbol", "_vm_symbols[0]");
    vm.pool_size = vmstructs_size("ConstantPool", NULL);
    vm.pool_cache = offset("ConstantPool", "_cache");
    vm.pool_holder = offset("ConstantPool", "_pool_holder");
    vm.pool_source_file = offset("ConstantPool", "_source_file_name_index");
    vm.cache_resolved = offset("ConstantPoolCache", "_resolved_references");
    vm.method_const = offset("Method", "_constMethod");
    vm.const_pool = offset("ConstMethod", "_constants");
    vm.const_name = offset("ConstMethod", "_name_index");
    vm.const_signature = offset("ConstMethod", "_signature_index");
    resolve_lines();
}

static void resolve_threads(void) {
    vm.threads_list = statics("ThreadsSMRSupport", "_java_thread_list");
    vm.threads_length = offset("ThreadsList", "_length");
    vm.threads_array = offset("ThreadsList", "_threads");
    vm.thread_tlab = offset("Thread", "_tlab");
    vm.tlab_start = offset("ThreadLocalAllocBuffer", "_start");
    vm.tlab_top = offset("ThreadLocalAllocBuffer", "_top");
    vm.tlab_end = offset("ThreadLocalAllocBuffer", "_end");
    /* as CollectedHeap::lab_alignment_reserve and ThreadLocalAllocBuffer::end_reserve: room for a filler, or for prefetching */
    long words = 2;
    if (vmstructs_has((struct place){"CollectedHeap", "_lab_alignment_reserve"})) {
        words = (long)AT(size_t, statics("CollectedHeap", "_lab_alignment_reserve"), 0);
    }
    long prefetch = int_of(statics("ThreadLocalAllocBuffer", "_reserve_for_allocation_prefetch"));
    vm.tlab_reserve = (long)round_up((u8)(prefetch > words ? prefetch : words) * 8, vm.alignment);
}

static void resolve_g1(void) {
    long table = offset("G1CollectedHeap", "_hrm")
                 + offset2("G1HeapRegionManager", "_regions", "HeapRegionManager", "_regions");
    vm.g1_regions = table + offset("G1HeapRegionTable", "_base");
    vm.g1_length = table + offset("G1HeapRegionTable", "_length");
    vm.region_bottom = offset2("G1HeapRegion", "_bottom", "HeapRegion", "_bottom");
    vm.region_top = offset2("G1HeapRegion", "_top", "HeapRegion", "_top");
    vm.region_tag = offset2("G1HeapRegion", "_type", "HeapRegion", "_type")
                    + offset2("G1HeapRegionType", "_tag", "HeapRegionType", "_tag");
    vm.region_starts =
        vmstructs_constant("G1HeapRegionType::StartsHumongousTag", "HeapRegionType::StartsHumongousTag");
    vm.region_continues =
        vmstructs_constant("G1HeapRegionType::ContinuesHumongousTag", "HeapRegionType::ContinuesHumongousTag");
}

static void resolve_parallel(void) {
    vm.young = statics("ParallelScavengeHeap", "_young_gen");
    vm.old = statics("ParallelScavengeHeap", "_old_gen");
    vm.young_eden = offset("PSYoungGen", "_eden_space");
    vm.young_from = offset("PSYoungGen", "_from_space");
    vm.young_to = offset("PSYoungGen", "_to_space");
    vm.old_space = offset("PSOldGen", "_object_space");
    vm.space_bottom = offset("MutableSpace", "_bottom");
    vm.space_top = offset("MutableSpace", "_top");
}

static void resolve_serial(void) {
    addr heap = pointer_of(vm.heap);
    long young = offset2("SerialHeap", "_young_gen", "GenCollectedHeap", "_young_gen");
    long old = offset2("SerialHeap", "_old_gen", "GenCollectedHeap", "_old_gen");
    vm.young = heap == NULL ? NULL : heap + young;
    vm.old = heap == NULL ? NULL : heap + old;
    vm.young_eden = offset("DefNewGeneration", "_eden_space");
    vm.young_from = offset("DefNewGeneration", "_from_space");
    vm.young_to = offset("DefNewGeneration", "_to_space");
    vm.old_space = offset("TenuredGeneration", "_the_space");
    vm.space_bottom = offset2("ContiguousSpace", "_bottom", "Space", "_bottom");
    vm.space_top = offset("ContiguousSpace", "_top");
}

static void resolve_heap(void) {
    vm.heap = statics("Universe", "_collectedHeap");
    long reserved = offset("CollectedHeap", "_reserved");
    vm.reserved_start = reserved + offset("MemRegion", "_start");
    vm.reserved_words = reserved + offset("MemRegion", "_word_size");
    if (vm.collector == COLLECTOR_G1) {
        resolve_g1();
    } else if (vm.collector == COLLECTOR_PARALLEL) {
        resolve_parallel();
    } else {
        resolve_serial();
    }
}

const char *vm_resolve(const void *inside) {
    memset(&vm, 0, sizeof vm);
    if (!vmstructs_open(inside)) {
        return refuse("this VM does not describe itself (it exports no gHotSpotVMStructs)", "");
    }
    vm.feature = int_of(statics("Abstract_VM_Version", "_vm_major_version"));
    if (vm.feature < OLDEST || vm.feature > NEWEST) {
        char detail[40];
        snprintf(detail, sizeof detail, "%d; proven are %d to %d", vm.feature, OLDEST, NEWEST);
        return refuse("the VM is of JDK ", detail);
    }
    const char *reason = resolve_collector();
    if (reason != NULL) {
        return reason;
    }
    resolve_pointers();
    resolve_classes();
    resolve_names();
    resolve_threads();
    resolve_heap();
    if (vmstructs_missing() != NULL) {
        return refuse("this VM does not tell where it keeps ", vmstructs_missing());
    }
    if (vm.mirror_klass <= 0 || vm.mirror_size <= 0) {
        return refuse("this VM does not tell how large its class mirrors are", "");
    }
    return NULL;
}
