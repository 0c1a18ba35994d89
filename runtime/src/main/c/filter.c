/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "filter.h"

#include <link.h>

#include "spaces.h"

/* What the VM remembers of the walk that is going on, in a static variable of its own: AdvancedHeapWalkContext. */
struct context {
    bool enabled;
    jint filter;
    void *klass; /* of which objects are wanted, NULL for all */
    const jvmtiHeapCallbacks *callbacks;
};

#define MOST_PARTS 8

static struct stretch parts[MOST_PARTS]; /* of the VM's library, where its variables are */
static u4 part_count;
static struct context *context;
static bool missing;

static int note_parts(struct dl_phdr_info *library, size_t bytes, void *inside) {
    (void)bytes;
    bool is_vm = false;
    u4 count = 0;
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &library->dlpi_phdr[i];
        addr start = (addr)(library->dlpi_addr + part->p_vaddr);
        addr end = start + part->p_memsz;
        if (part->p_type != PT_LOAD) {
            continue;
        }
        is_vm |= (addr)inside >= start && (addr)inside < end;
        if ((part->p_flags & PF_W) != 0 && count < MOST_PARTS) {
            parts[count++] = (struct stretch){(addr)round_up((u8)start, sizeof(void *)), end};
        }
    }
    part_count = is_vm ? count : 0;
    return is_vm;
}

void filter_open(const void *inside) {
    if (dl_iterate_phdr(note_parts, (void *)inside) == 0) {
        missing = true;
    }
}

bool filter_usable(void) { return !missing; }

static bool is_context(const struct context *place, const jvmtiHeapCallbacks *callbacks) {
    return place->callbacks == callbacks && place->filter == FILTER_TAGGED_ONLY && place->klass == NULL && place->enabled;
}

bool filter_found(const jvmtiHeapCallbacks *callbacks) {
    if (context != NULL && is_context(context, callbacks)) {
        return true;
    }
    context = NULL;
    for (u4 i = 0; i < part_count; i++) {
        addr last = parts[i].end - sizeof(struct context);
        for (addr place = parts[i].start; place <= last; place += sizeof(void *)) {
            if (is_context((struct context *)place, callbacks)) {
                missing |= context != NULL; /* two: one of them is something else */
                context = (struct context *)place;
            }
        }
    }
    missing |= context == NULL;
    return !missing;
}

void filter_remove(void) { context->filter = 0; }
