/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collapse.h"
#include "priority.h"
#include "rules.h"
#include "snapshot.h"
#include "vm.h"

/* What Java's NativeSnapshot calls. The Java side lets one thread in at a time, but for poll, read and stop. */

/* Where a snapshot failed, as NativeSnapshot reads it. */
enum stage { STAGE_DONE, STAGE_FILE, STAGE_PIPE, STAGE_RULES, STAGE_TOOLS, STAGE_MISMATCH, STAGE_UNSEEN, STAGE_FORK };

enum option { OPTION_SYNC = 1, OPTION_SPARE = 2, OPTION_BRIEF = 4 };

#define RUNNING (-1)
#define LOST (-2)
#define SIGNALLED 256

static JavaVM *java;
static const struct outcome *outcome; /* of the last snapshot */

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm_pointer, void *reserved) {
    (void)reserved;
    java = vm_pointer;
    return JNI_VERSION_1_8;
}

JNIEXPORT void JNICALL JNI_OnUnload(JavaVM *vm_pointer, void *reserved) {
    (void)vm_pointer;
    (void)reserved;
    snapshot_close();
    rules_set(NULL);
}

JNIEXPORT jstring JNICALL Java_io_heapgauge_NativeSnapshot_check0(JNIEnv *env, jclass type) {
    (void)type;
    const char *reason = vm_resolve((const void *)(*env)->GetVersion);
    if (reason == NULL) {
        reason = snapshot_open(java, (const void *)(*env)->GetVersion);
    }
    return reason == NULL ? NULL : (*env)->NewStringUTF(env, reason);
}

/* A C string of the bytes, to be freed; NULL for none or without memory. */
static char *string_of(JNIEnv *env, jbyteArray bytes) {
    if (bytes == NULL) {
        return NULL;
    }
    jsize length = (*env)->GetArrayLength(env, bytes);
    char *text = calloc((size_t)length + 1, 1);
    if (text != NULL) {
        (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *)text);
    }
    return text;
}

struct taken {
    enum stage stage;
    long detail; /* errno or an error of the tool interface */
    int readable;
    struct snapshot snapshot;
};

static int open_file(JNIEnv *env, jbyteArray path) {
    char *name = string_of(env, path);
    if (name == NULL) {
        errno = ENOMEM;
        return -1;
    }
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    int error = errno;
    free(name);
    errno = error;
    return file;
}

/* The child keeps one end of the pipe, the other is for us. */
static bool open_pipe(struct request *request, struct taken *taken) {
    int ends[2];
    taken->stage = STAGE_PIPE;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        taken->detail = errno;
        return false;
    }
    taken->readable = ends[0];
    request->message = ends[1];
    fcntl(ends[0], F_SETFL, O_NONBLOCK); /* who reads also looks after the child */
    return true;
}

/* Where the products go. */
static bool open_outputs(JNIEnv *env, jbyteArray path, struct request *request, struct taken *taken) {
    if (request->product == PRODUCT_HPROF) {
        taken->stage = STAGE_FILE;
        request->output = open_file(env, path);
        if (request->output < 0) {
            taken->detail = errno;
            return false;
        }
    }
    return request->plan == NULL || open_pipe(request, taken);
}

static void close_if_open(int descriptor) {
    if (descriptor >= 0) {
        close(descriptor);
    }
}

static void judge(struct taken *taken) {
    const struct snapshot *snapshot = &taken->snapshot;
    taken->stage = STAGE_DONE;
    if (snapshot->mismatch) {
        taken->stage = STAGE_MISMATCH;
    } else if (snapshot->error != 0) {
        taken->stage = STAGE_FORK;
        taken->detail = snapshot->error;
    } else if (snapshot->jvmti != JVMTI_ERROR_NONE) {
        taken->stage = STAGE_TOOLS;
        taken->detail = snapshot->jvmti;
    } else if (!snapshot->seen) {
        taken->stage = STAGE_UNSEEN;
    }
}

static jlongArray numbers(JNIEnv *env, const jlong *values, jsize count) {
    jlongArray array = (*env)->NewLongArray(env, count);
    if (array != NULL) {
        (*env)->SetLongArrayRegion(env, array, 0, count, values);
    }
    return array;
}

static bool set_rules(JNIEnv *env, jbyteArray rules) {
    if (rules == NULL) {
        return rules_set(NULL);
    }
    char *text = string_of(env, rules);
    bool done = text != NULL && rules_set(text);
    free(text);
    return done;
}

JNIEXPORT jlongArray JNICALL Java_io_heapgauge_NativeSnapshot_take0(JNIEnv *env, jclass type, jobject sentinel, jint product,
                                                                    jbyteArray path, jbyteArray rules,
                                                                    jobjectArray kept, jbyteArray plan,
                                                                    jobjectArray entries, jint options, jint processes,
                                                                    jint nice, jint seconds) {
    (void)type;
    struct taken taken = {.stage = STAGE_RULES, .readable = -1};
    char *plan_bytes = string_of(env, plan);
    struct request request = {
        /* the walk reports local references as roots, but not the arguments of a native method */
        .sentinel = (*env)->NewLocalRef(env, sentinel),
        .kept = kept,
        .product = (enum product)product,
        .output = -1,
        .message = -1,
        .plan = (const u1 *)plan_bytes,
        .plan_bytes = plan == NULL ? 0 : (size_t)(*env)->GetArrayLength(env, plan),
        .entries = entries,
        .sync = (options & OPTION_SYNC) != 0,
        .processes = (u4)processes,
        .brief = (options & OPTION_BRIEF) != 0,
        .spare_unused = (options & OPTION_SPARE) != 0,
        .nice = nice,
        .seconds = (unsigned)seconds,
    };
    bool has_plan = plan == NULL || plan_bytes != NULL;
    if (request.sentinel != NULL && has_plan && set_rules(env, rules) && open_outputs(env, path, &request, &taken)) {
        taken.snapshot = snapshot_take(env, &request);
        outcome = taken.snapshot.outcome;
        judge(&taken);
    }
    close_if_open(request.output);
    close_if_open(request.message);
    free(plan_bytes);
    if (taken.stage != STAGE_DONE) {
        close_if_open(taken.readable);
        taken.readable = -1;
    }
    const jlong values[] = {
        taken.stage,
        taken.detail,
        taken.snapshot.child,
        taken.readable,
        (jlong)taken.snapshot.pause_nanos,
        (jlong)taken.snapshot.fork_nanos,
        (jlong)taken.snapshot.spare_nanos,
        taken.snapshot.spared,
        taken.snapshot.at_once,
    };
    return numbers(env, values, sizeof values / sizeof values[0]);
}

JNIEXPORT jlongArray JNICALL Java_io_heapgauge_NativeSnapshot_collapse0(JNIEnv *env, jclass type, jlong from, jint most) {
    (void)type;
    struct collapsed done = collapse_step((addr)from, (u4)most);
    const jlong values[] = {(jlong)(uintptr_t)done.next, done.pages, done.refused, done.error, (jlong)done.slowest_nanos};
    return numbers(env, values, sizeof values / sizeof values[0]);
}

JNIEXPORT jint JNICALL Java_io_heapgauge_NativeSnapshot_lowerPriority0(JNIEnv *env, jclass type, jint nice,
                                                                       jlong slice_nanos) {
    (void)env;
    (void)type;
    return priority_lower(nice, (u8)slice_nanos);
}

/* RUNNING, LOST if somebody else has waited for it, the exit code, or SIGNALLED and the signal. */
JNIEXPORT jint JNICALL Java_io_heapgauge_NativeSnapshot_poll0(JNIEnv *env, jclass type, jint child) {
    (void)env;
    (void)type;
    int status = 0;
    pid_t waited;
    do {
        waited = waitpid(child, &status, WNOHANG | __WALL);
    } while (waited < 0 && errno == EINTR);
    if (waited == 0) {
        return RUNNING;
    }
    if (waited < 0) {
        return LOST;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : SIGNALLED + WTERMSIG(status);
}

JNIEXPORT void JNICALL Java_io_heapgauge_NativeSnapshot_stop0(JNIEnv *env, jclass type, jint child) {
    (void)env;
    (void)type;
    kill(child, SIGKILL);
}

/* Bytes read, 0 at the end, or the negative errno. */
JNIEXPORT jint JNICALL Java_io_heapgauge_NativeSnapshot_read0(JNIEnv *env, jclass type, jint descriptor, jbyteArray into) {
    (void)type;
    char buffer[8192];
    jsize room = (*env)->GetArrayLength(env, into);
    size_t most = (size_t)room < sizeof buffer ? (size_t)room : sizeof buffer;
    ssize_t got;
    do {
        got = read(descriptor, buffer, most);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return -errno;
    }
    (*env)->SetByteArrayRegion(env, into, 0, (jsize)got, (const jbyte *)buffer);
    return (jint)got;
}

JNIEXPORT void JNICALL Java_io_heapgauge_NativeSnapshot_close0(JNIEnv *env, jclass type, jint descriptor) {
    (void)env;
    (void)type;
    close(descriptor);
}

JNIEXPORT jlongArray JNICALL Java_io_heapgauge_NativeSnapshot_outcome0(JNIEnv *env, jclass type) {
    (void)type;
    const struct outcome *now = outcome;
    const jlong values[] = {
        __atomic_load_n(&now->phase, __ATOMIC_ACQUIRE),
        now->error,
        (jlong)now->error_detail,
        (jlong)now->beat,
        (jlong)now->total_bytes,
        (jlong)now->walked_bytes,
        (jlong)now->objects,
        (jlong)now->classes,
        (jlong)now->roots,
        (jlong)now->written_bytes,
        (jlong)now->lost_stretches,
        (jlong)now->lost_bytes,
        (jlong)now->table_bytes,
        (jlong)now->roots_nanos,
        (jlong)now->walk_nanos,
    };
    return numbers(env, values, sizeof values / sizeof values[0]);
}

JNIEXPORT jstring JNICALL Java_io_heapgauge_NativeSnapshot_message0(JNIEnv *env, jclass type) {
    (void)type;
    return (*env)->NewStringUTF(env, outcome->message);
}
