/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "threads.h"

#include "arena.h"
#include "chunks.h"
#include "classes.h"
#include "ids.h"
#include "lines.h"
#include "mirrors.h"
#include "records.h"
#include "roots.h"
#include "writer.h"

static void write_frame(u4 index) {
    const struct frame *frame = &roots.frames[index];
    addr method = AT(addr, (addr)frame->method, 0); /* up to JDK 25 a jmethodID points to the Method* */
    addr constants = pointer_at(method, vm.method_const);
    addr pool = pointer_at(constants, vm.const_pool);
    addr name = pool_symbol(pool, AT(u2, constants, vm.const_name));
    addr signature = pool_symbol(pool, AT(u2, constants, vm.const_signature));
    u2 file_index = AT(u2, pool, vm.pool_source_file);
    addr file = file_index == 0 ? NULL : pool_symbol(pool, file_index);
    write_symbol(name);
    write_symbol(signature);
    write_symbol(file);
    begin_record(RECORD_FRAME, 4 * ids.bytes + 8);
    put_wide(index + 1);
    put_name((u8)name);
    put_name((u8)signature);
    put_name((u8)file);
    put4(class_serial(class_at(pointer_at(pool, vm.pool_holder))));
    put4((u4)(frame->bytecode == FRAME_NATIVE ? LINE_NATIVE : lines_at(method, frame->bytecode)));
}

static void write_trace(u4 serial, u4 thread, u4 first, u4 end) {
    begin_record(RECORD_TRACE, 12 + ids.bytes * (end - first));
    put4(serial);
    put4(thread);
    put4(end - first);
    for (u4 frame = first; frame < end; frame++) {
        writer_need(ids.bytes);
        put_wide(frame + 1);
    }
}

/* The trace of a thread has its serial number plus one. */
static u4 *first_frames;

void write_threads(void) {
    for (u4 frame = 0; frame < roots.frame_count; frame++) {
        write_frame(frame);
    }
    write_trace(EMPTY_TRACE, 0, 0, 0);
    first_frames = arena_take(sizeof(u4) * (roots.threads + 2));
    u4 frame = 0;
    for (u4 thread = 1; thread <= roots.threads; thread++) {
        u4 first = frame;
        while (frame < roots.frame_count && roots.frames[frame].thread == thread) {
            frame++;
        }
        first_frames[thread] = first;
        write_trace(EMPTY_TRACE + thread, thread, first, frame);
    }
}

/* ---- roots ---- */

#define ROOT_BYTES 17 /* at most */

static u4 frame_number(const struct root *root) {
    return root->frame == NO_FRAME ? (u4)-1 : root->frame - first_frames[root->thread];
}

static void write_root(const struct root *root) {
    begin_sub_record(ROOT_BYTES, false);
    switch (root->kind) {
        case JVMTI_HEAP_REFERENCE_JNI_GLOBAL:
            put1(ROOT_JNI_GLOBAL);
            put_object(root->object);
            put_wide(0);
            return;
        case JVMTI_HEAP_REFERENCE_JNI_LOCAL:
        case JVMTI_HEAP_REFERENCE_STACK_LOCAL:
            put1(root->kind == JVMTI_HEAP_REFERENCE_JNI_LOCAL ? ROOT_JNI_LOCAL : ROOT_JAVA_FRAME);
            put_object(root->object);
            put4(root->thread);
            put4(frame_number(root));
            return;
        case JVMTI_HEAP_REFERENCE_THREAD:
            put1(ROOT_THREAD);
            put_object(root->object);
            put4(root->thread);
            put4(EMPTY_TRACE + root->thread);
            return;
        case JVMTI_HEAP_REFERENCE_MONITOR:
            put1(ROOT_MONITOR);
            break;
        case JVMTI_HEAP_REFERENCE_SYSTEM_CLASS: {
            const struct klass *klass = class_of(root->object);
            bool is_class = klass != NULL && klass->sizing == SIZE_OF_MIRROR && mirror_has_record(root->object);
            put1(is_class ? ROOT_STICKY_CLASS : ROOT_UNKNOWN);
            break;
        }
        default:
            put1(ROOT_UNKNOWN);
            break;
    }
    put_object(root->object);
}

void write_roots(void) {
    for (u4 i = 0; i < roots.count; i++) {
        write_root(&roots.all[i]);
    }
}

/* ---- virtual threads ---- */

static u4 serial; /* of the one being written */

static void write_frame_root(addr object) {
    begin_sub_record(ROOT_BYTES, false);
    put1(ROOT_JAVA_FRAME);
    put_object(object);
    put4(serial);
    put4((u4)-1);
}

void write_virtual_thread(const struct walk *walk, addr thread, u4 serial_number) {
    serial = serial_number;
    begin_sub_record(ROOT_BYTES, false);
    put1(ROOT_THREAD);
    put_object(thread);
    put4(serial);
    put4(EMPTY_TRACE);
    chunks_each(walk, thread, write_frame_root);
}
