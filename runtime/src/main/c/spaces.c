/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "spaces.h"

#include "vm.h"

#define SPACES_OF_GENERATIONS 8

static void add(struct spaces *spaces, addr start, addr end) {
    if (start == NULL || start >= end) {
        return;
    }
    if (spaces->count == spaces->capacity) {
        spaces->overflow = true;
        return;
    }
    spaces->all[spaces->count++] = (struct stretch){start, end};
    spaces->bytes += (u8)(end - start);
}

static void add_space(struct spaces *spaces, addr generation, long at) {
    addr space = pointer_at(generation, at);
    add(spaces, pointer_at(space, vm.space_bottom), pointer_at(space, vm.space_top));
}

/* A heap sort: in place, without recursion, and calls nobody; qsort may call malloc. */
static void sift(struct stretch *all, u4 root, u4 count) {
    for (u4 child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && all[child].start < all[child + 1].start) {
            child++;
        }
        if (all[root].start >= all[child].start) {
            return;
        }
        struct stretch other = all[root];
        all[root] = all[child];
        all[child] = other;
    }
}

static void sort(struct stretch *all, u4 count) {
    for (u4 root = count / 2; root-- > 0;) {
        sift(all, root, count);
    }
    for (u4 last = count; last-- > 1;) {
        struct stretch largest = all[0];
        all[0] = all[last];
        all[last] = largest;
        sift(all, 0, last);
    }
}

static u8 region_count(void) { return AT(u8, AT(addr, vm.heap, 0), vm.g1_length); }

static int tag_of(addr region) { return region == NULL ? -1 : AT(int32_t, region, vm.region_tag); }

/* A humongous object fills a region that starts it and those that continue it: one stretch, for the object spans them. */
static void collect_g1(struct spaces *spaces) {
    addr regions = pointer_at(AT(addr, vm.heap, 0), vm.g1_regions);
    u8 count = region_count();
    for (u8 i = 0; i < count; i++) {
        addr region = pointer_at(regions, (long)i * 8);
        if (region == NULL || tag_of(region) == vm.region_continues) {
            continue;
        }
        addr end = pointer_at(region, vm.region_top);
        if (tag_of(region) == vm.region_starts) {
            for (u8 next = i + 1; next < count; next++) {
                addr more = pointer_at(regions, (long)next * 8);
                if (tag_of(more) != vm.region_continues) {
                    break;
                }
                end = pointer_at(more, vm.region_top);
            }
        }
        add(spaces, pointer_at(region, vm.region_bottom), end);
    }
}

void spaces_collect(struct spaces *spaces) {
    spaces->count = 0;
    spaces->bytes = 0;
    spaces->overflow = false;
    if (vm.collector == COLLECTOR_G1) {
        collect_g1(spaces); /* in order of address as it is */
        return;
    }
    addr young = AT(addr, vm.young, 0);
    addr old = AT(addr, vm.old, 0);
    add_space(spaces, young, vm.young_eden);
    add_space(spaces, young, vm.young_from);
    if (vm.collector == COLLECTOR_PARALLEL) {
        add_space(spaces, young, vm.young_to);
    }
    add_space(spaces, old, vm.old_space);
    sort(spaces->all, spaces->count);
}

u4 spaces_most(void) { return vm.collector == COLLECTOR_G1 ? (u4)region_count() : SPACES_OF_GENERATIONS; }

struct stretch spaces_reserved(void) {
    addr heap = AT(addr, vm.heap, 0);
    addr start = pointer_at(heap, vm.reserved_start);
    return (struct stretch){start, start + 8 * AT(u8, heap, vm.reserved_words)};
}

u4 gaps_most(void) { return AT(u4, AT(addr, vm.threads_list, 0), vm.threads_length); }

u4 gaps_collect(struct stretch *gaps, u4 capacity) {
    addr list = AT(addr, vm.threads_list, 0);
    addr threads = pointer_at(list, vm.threads_array);
    u4 count = 0;
    for (u4 i = 0; i < gaps_most() && count < capacity; i++) {
        addr buffer = pointer_at(threads, (long)i * 8) + vm.thread_tlab;
        addr top = pointer_at(buffer, vm.tlab_top);
        addr end = pointer_at(buffer, vm.tlab_end);
        if (pointer_at(buffer, vm.tlab_start) != NULL && top != NULL && end != NULL) {
            gaps[count++] = (struct stretch){top, end + vm.tlab_reserve};
        }
    }
    sort(gaps, count);
    return count;
}
