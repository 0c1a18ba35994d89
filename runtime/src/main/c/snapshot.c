/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "arena.h"
#include "child.h"
#include "classes.h"
#include "filter.h"
#include "hprof.h"
#include "measures.h"
#include "roots.h"
#include "spaces.h"
#include "vm.h"

/*
 * How it works. JVMTI's FollowReferences reports the GC roots first, one callback each, from the VM thread at a safepoint. In the first
 * callback, which comes at once thanks to filter.h, the process forks. The parent answers "abort" and the VM goes on: aborted this early the walk costs nothing more. The
 * child is the same callback in a copy of the process that nobody else runs in; it lets the walk report the remaining roots. Of
 * the roots it has only the sentinel followed: the first callback about a reference that is no root is the sentinel's own, and
 * tells that all roots are known. There the child does its work and exits; that callback never returns.
 *
 * The child comes from clone with exit signal 0: no SIGCHLD reaches the host, and its wait(-1) does not see the child. It
 * comes not from fork(), whose handlers of other libraries would run at the safepoint. So no lock of the C library may be taken
 * by our code; the VM's own code may, while it reports roots, and would wait for ever in a rare case: the parent ends a child that
 * shows no sign of life there.
 */

#define SENTINEL 0x6865617067617567 /* a tag no other agent is likely to use */
#define OLDEST_THREAD (SENTINEL + 1)
#define YOUNGER_THREAD (SENTINEL + 2)
#define MOST_SPARED 4096

static jvmtiEnv *tools;
static const struct request *request;
static struct snapshot snapshot;
static jvmtiHeapCallbacks callbacks;
static bool filtered; /* the walk that goes on reports what has a tag */
static bool in_child;
static struct spaces spaces; /* of the parent: memory taken before the safepoint */
static struct stretch spared[MOST_SPARED];

/* A local reference points to where the object's address is. */
static addr handle_object(jobject handle) { return AT(addr, (addr)((uintptr_t)handle & ~(uintptr_t)7), 0); }

/* ---- the child ---- */

/* The arrays' addresses, from the handles: the copy of the process has them as well. */
static void load_kept(struct set *kept) {
    addr array = request->kept == NULL ? NULL : handle_object(request->kept);
    u4 count = array == NULL ? 0 : AT(u4, array, vm.array_length);
    set_init(kept, count);
    if (count == 0) {
        return;
    }
    addr elements = array + ((AT(u4, klass_of(array), vm.klass_layout) >> 16) & 0xff);
    for (u4 i = 0; i < count; i++) {
        addr element = oop_at(elements + (u8)i * vm.oop_bytes);
        if (element != NULL) {
            set_add(kept, (u8)element);
        }
    }
}

static void write_dump(void) {
    struct timeval now;
    gettimeofday(&now, NULL);
    struct hprof_settings settings = {
        .descriptor = request->output,
        .sync = request->sync,
        .processes = request->processes,
        .brief = request->brief,
        .epoch_millis = (u8)now.tv_sec * 1000 + (u8)now.tv_usec / 1000,
    };
    load_kept(&settings.kept_arrays);
    hprof_write(&settings);
}

static void measure(void) {
    struct measures_settings settings = {
        .descriptor = request->message,
        .plan = request->plan,
        .plan_bytes = request->plan_bytes,
        .entries = request->entries == NULL ? NULL : handle_object(request->entries),
        .behind_dump = request->product == PRODUCT_HPROF,
    };
    measures_write(&settings);
}

static void work(void) {
    child_phase(PHASE_WALK);
    if (roots.mismatches > 0) {
        child_fail("roots could not be read from the VM's callback", roots.mismatches);
    }
    child_counts(0, roots.count);
    if (request->product == PRODUCT_HPROF) {
        write_dump();
    }
    if (request->plan != NULL) {
        measure();
    }
    child_done();
}

/* ---- the fork ---- */

/*
 * Unallocated heap need not be in the child: without it there are fewer pages to be shared, and the parent's next allocations
 * do not fault on shared pages.
 */
static u4 spare(void) {
    u4 count = 0;
    spaces_collect(&spaces);
    if (spaces.overflow) {
        return 0;
    }
    struct stretch heap = spaces_reserved();
    addr from = heap.start;
    for (u4 i = 0; i <= spaces.count && count < MOST_SPARED; i++) {
        addr to = i < spaces.count ? spaces.all[i].start : heap.end;
        addr start = (addr)round_up((u8)from, HUGE_PAGE);
        addr end = (addr)((u8)to & ~(HUGE_PAGE - 1));
        if (end > start && madvise((void *)start, (size_t)(end - start), MADV_DONTFORK) == 0) {
            spared[count++] = (struct stretch){start, end};
        }
        from = i < spaces.count ? spaces.all[i].end : to;
    }
    return count;
}

static void stop_sparing(u4 count) {
    for (u4 i = 0; i < count; i++) {
        madvise((void *)spared[i].start, (size_t)(spared[i].end - spared[i].start), MADV_DOFORK);
    }
}

/* True in the child. */
static bool fork_now(void) {
    u8 start = nanos_now();
    snapshot.spared = request->spare_unused ? spare() : 0;
    u8 before = nanos_now();
    long child = syscall(SYS_clone, 0, NULL, NULL, NULL, NULL);
    if (child == 0) {
        return true;
    }
    snapshot.error = child < 0 ? errno : 0;
    u8 after = nanos_now();
    stop_sparing(snapshot.spared);
    snapshot.child = child < 0 ? 0 : (pid_t)child;
    snapshot.fork_nanos = after - before;
    snapshot.spare_nanos = before - start + (nanos_now() - after);
    return false;
}

static jint JNICALL on_reference(jvmtiHeapReferenceKind kind, const jvmtiHeapReferenceInfo *info, jlong class_tag,
                                 jlong referrer_class_tag, jlong size, jlong *tag, jlong *referrer_tag, jint length,
                                 void *unused) {
    (void)class_tag;
    (void)referrer_class_tag;
    (void)length;
    (void)unused;
    if (!in_child) {
        /* threads come in the order of their age: if this is not the oldest one, others may have come before it without a tag */
        if (filtered && (kind != JVMTI_HEAP_REFERENCE_THREAD || *tag != OLDEST_THREAD || !filter_found(&callbacks))) {
            return JVMTI_VISIT_ABORT;
        }
        snapshot.seen = true;
        snapshot.at_once = filtered;
        if (root_object(size, tag) == NULL) {
            snapshot.mismatch = true;
            return JVMTI_VISIT_ABORT;
        }
        if (!fork_now()) {
            return JVMTI_VISIT_ABORT;
        }
        in_child = true;
        if (filtered) {
            filter_remove();
        }
        struct child_settings settings = {request->output, request->message, request->nice, request->seconds};
        child_begin(&settings);
    }
    if (referrer_tag != NULL) {
        work();
    }
    bool is_sentinel = *tag == SENTINEL;
    if (is_sentinel && root_object(size, tag) != handle_object(request->sentinel)) {
        child_fail("the sentinel is not where the VM's callback tells", 0);
    }
    roots_add(kind, info, size, tag);
    return is_sentinel ? JVMTI_VISIT_OBJECTS : 0;
}

/* ---- the parent ---- */

const char *snapshot_open(JavaVM *java, const void *inside) {
    if (tools != NULL) {
        return NULL;
    }
    filter_open(inside);
    callbacks.heap_reference_callback = on_reference;
    if ((*java)->GetEnv(java, (void **)&tools, JVMTI_VERSION_1_2) != JNI_OK) {
        tools = NULL;
        return "the VM has no tool interface";
    }
    jvmtiCapabilities capabilities;
    memset(&capabilities, 0, sizeof capabilities);
    capabilities.can_tag_objects = 1;
    if ((*tools)->AddCapabilities(tools, &capabilities) != JVMTI_ERROR_NONE) {
        snapshot_close();
        return "the VM's tool interface does not let objects be tagged any more";
    }
    return NULL;
}

void snapshot_close(void) {
    if (tools != NULL) {
        (*tools)->DisposeEnvironment(tools);
        tools = NULL;
    }
    free(spaces.all);
    spaces.all = NULL;
    spaces.capacity = 0;
}

/* G1 may add regions until the safepoint. */
static bool make_room(void) {
    u4 most = spaces_most() + 64;
    if (most > spaces.capacity) {
        free(spaces.all);
        spaces.all = calloc(most, sizeof *spaces.all);
        spaces.capacity = spaces.all == NULL ? 0 : most;
    }
    return spaces.all != NULL;
}

static void walk(jint filter) {
    filtered = filter != 0;
    u8 start = nanos_now();
    snapshot.jvmti = (*tools)->FollowReferences(tools, filter, NULL, NULL, &callbacks, NULL);
    snapshot.pause_nanos += nanos_now() - start;
}

/* With the threads tagged, the oldest one first. */
static void walk_filtered(JNIEnv *env) {
    jint count = 0;
    jthread *threads = NULL;
    if ((*env)->PushLocalFrame(env, 1) != 0) {
        (*env)->ExceptionClear(env);
        return;
    }
    if ((*tools)->GetAllThreads(tools, &count, &threads) == JVMTI_ERROR_NONE && count > 0) {
        for (jint i = 0; i < count; i++) {
            (*tools)->SetTag(tools, threads[i], i == 0 ? OLDEST_THREAD : YOUNGER_THREAD);
        }
        walk(FILTER_TAGGED_ONLY);
        for (jint i = 0; i < count; i++) {
            (*tools)->SetTag(tools, threads[i], 0);
        }
        (*tools)->Deallocate(tools, (unsigned char *)threads);
    }
    (*env)->PopLocalFrame(env, NULL);
}

struct snapshot snapshot_take(JNIEnv *env, const struct request *wanted) {
    memset(&snapshot, 0, sizeof snapshot);
    request = wanted;
    snapshot.outcome = child_outcome();
    if (snapshot.outcome == NULL || !make_room()) {
        snapshot.error = ENOMEM;
        return snapshot;
    }
    snapshot.jvmti = (*tools)->SetTag(tools, wanted->sentinel, SENTINEL);
    if (snapshot.jvmti != JVMTI_ERROR_NONE) {
        return snapshot;
    }
    if (filter_usable()) {
        walk_filtered(env);
    }
    if (!snapshot.seen) {
        walk(0);
    }
    (*tools)->SetTag(tools, wanted->sentinel, 0);
    return snapshot;
}
