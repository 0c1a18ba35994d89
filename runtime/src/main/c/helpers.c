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
    void (*put)(u4 item);
};

pid_t helpers_begin(void (*work)(const void *argument), const void *argument) {
    pid_t child = getpid();
    long process = syscall(SYS_clone, 0, NULL, NULL, NULL, NULL);
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != child) {
            _exit(1); /* too late for that signal */
        }
        work(argument);
        writer_flush();
        _exit(0);
    }
    return process < 0 ? 0 : (pid_t)process;
}

void helpers_await(pid_t process) {
    int status = 0;
    pid_t waited;
    do {
        waited = waitpid(process, &status, __WALL);
    } while (waited < 0 && errno == EINTR);
    if (waited < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        child_fail_unless_told("a helper of the snapshot ended before its work was done", (u8)status);
    }
}

static void put_all(const struct helper *helper) {
    for (u4 item = helper->first; item < helper->end; item++) {
        helper->put(item);
    }
}

static void put_apart(const void *argument) {
    const struct helper *helper = argument;
    message_divert(helper->memory);
    put_all(helper);
}

static void begin(struct helper *helper) {
    helper->memory = (int)syscall(SYS_memfd_create, "heapgauge", MFD_CLOEXEC);
    if (helper->memory >= 0) {
        helper->process = helpers_begin(put_apart, helper);
    }
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

static void finish(const struct helper *helper) {
    if (helper->process == 0) {
        put_all(helper);
        return;
    }
    helpers_await(helper->process);
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
        helpers[i].put = put;
        if (i > 0) {
            begin(&helpers[i]);
        }
    }
    for (u4 i = 0; i < count; i++) {
        finish(&helpers[i]); /* of the first there is no process but this one */
    }
}
