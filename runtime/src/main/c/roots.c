/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "roots.h"

#include "arena.h"

struct roots roots;

static size_t room_for_roots;
static size_t room_for_frames;

/* Roots of one frame follow one another. */
static u4 frame_of(jmethodID method, jint depth, jlocation bytecode) {
    if (method == NULL) {
        return NO_FRAME;
    }
    if (roots.frame_count > 0) {
        const struct frame *last = &roots.frames[roots.frame_count - 1];
        if (last->thread == roots.threads && last->depth == depth && last->method == method) {
            return roots.frame_count - 1;
        }
    }
    roots.frames = arena_grow(roots.frames, &room_for_frames, roots.frame_count + 1, sizeof(struct frame));
    roots.frames[roots.frame_count] = (struct frame){roots.threads, method, bytecode, depth};
    return roots.frame_count++;
}

void roots_add(jvmtiHeapReferenceKind kind, const jvmtiHeapReferenceInfo *info, jlong size, const jlong *tag_place) {
    addr object = root_object(size, tag_place);
    if (object == NULL) {
        roots.mismatches++;
        return;
    }
    struct root root = {object, kind, 0, NO_FRAME};
    switch (kind) {
        case JVMTI_HEAP_REFERENCE_THREAD:
            root.thread = ++roots.threads; /* what follows belongs to it */
            break;
        case JVMTI_HEAP_REFERENCE_STACK_LOCAL:
            root.thread = roots.threads;
            root.frame = frame_of(info->stack_local.method, info->stack_local.depth, info->stack_local.location);
            break;
        case JVMTI_HEAP_REFERENCE_JNI_LOCAL:
            root.thread = roots.threads;
            root.frame = frame_of(info->jni_local.method, info->jni_local.depth, FRAME_NATIVE);
            break;
        default:
            break;
    }
    roots.all = arena_grow(roots.all, &room_for_roots, roots.count + 1, sizeof(struct root));
    roots.all[roots.count++] = root;
}
