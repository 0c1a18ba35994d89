/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "helpers.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "message.h"

#define STRETCH ((size_t)1 << 16)

struct helper {
    u4 first, end; /* its items */
    pid_t process; /* 0: there is none */
    int memory;    /* where its part goes */
};

static void put_all(const struct helper *helper, void (*put)(u4 item)) {
    for (u4 item = helper->first; item < helper->end; item++) {
        put(item);
    }
}

/* In the helper; does not return. */
static void help(const struct helper *helper, pid_t child, void (*put)(u4 item)) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != child) {
        _exit(1); /* too late for that signal */
    }
    message_divert(helper->memory);
    put_all(helper, put);
    writer_flush();
    _exit(0);
}

static void begin(struct helper *helper, void (*put)(u4 item)) {
    pid_t child = getpid();
    helper->memory = (int)syscall(SYS_memfd_create, "heapgauge", MFD_CLOEXEC);
    if (helper->memory < 0) {
        return;
    }
    long process = syscall(SYS_clone, 0, NULL, NULL, NULL, NULL);
    if (process == 0) {
        help(helper, child, put);
    }
    helper->process = process < 0 ? 0 : (pid_t)process;
}

static void append(int memory) {
    if (lseek(memory, 0, SEEK_SET) < 0) {
        child_fail_errno("what a helper of the snapshot has measured cannot be read", errno);
    }
    ssize_t got;
    do {
        message_room(STRETCH);
        got = read(memory, writer_place(), STRETCH);
        if (got > 0) {
            writer.used += (size_t)got;
        }
    } while (got > 0 || (got < 0 && errno == EINTR));
    if (got < 0) {
        child_fail_errno("what a helper of the snapshot has measured cannot be read", errno);
    }
}

static void finish(const struct helper *helper, void (*put)(u4 item)) {
    if (helper->process == 0) {
        put_all(helper, put);
        return;
    }
    int status = 0;
    pid_t waited;
    do {
        waited = waitpid(helper->process, &status, __WALL);
    } while (waited < 0 && errno == EINTR);
    if (waited < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        child_fail("a helper of the snapshot ended before its work was done", (u8)status);
    }
    append(helper->memory);
    close(helper->memory);
}

void helpers_put(u4 items, u4 processes, void (*put)(u4 item)) {
    struct helper helpers[HELPERS_MOST];
    u4 count = processes < items ? processes : items;
    count = count < 1 ? 1 : count > HELPERS_MOST ? HELPERS_MOST : count;
    memset(helpers, 0, sizeof helpers);
    for (u4 i = 0; i < count; i++) {
        helpers[i].first = (u4)((u8)items * i / count);
        helpers[i].end = (u4)((u8)items * (i + 1) / count);
        if (i > 0) {
            begin(&helpers[i], put);
        }
    }
    for (u4 i = 0; i < count; i++) {
        finish(&helpers[i], put); /* of the first there is no process but this one */
    }
}
