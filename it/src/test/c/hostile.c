/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */

/*
 * A host that makes life hard for the fork engine: -agentpath:libhostile.so=WAYS, letters of
 *   w  a thread of it waits for any child, as process managers do
 *   a  the same, and for such as end without a signal as well
 *   i  it ignores SIGCHLD
 *   r  from the start the kernel refuses to copy the process
 *   l  the same from when the file "refuse" is in the working directory
 * After r or l comes the number of the error that the kernel gives.
 */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MILLISECOND 1000

static int wait_flags;
static unsigned error;

static void *wait_for_any(void *unused) {
    (void)unused;
    for (;;) {
        int status;
        pid_t child = waitpid(-1, &status, WNOHANG | wait_flags);
        if (child > 0) {
            printf("hostile: took the status of a child\n");
            fflush(stdout);
        }
        usleep(MILLISECOND);
    }
    return NULL;
}

/* clone(2) without CLONE_VM is a fork; threads and vfork go on. */
static void refuse_forks(void) {
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_VM, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    long done = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    printf("hostile: forks are refused from now on%s\n", done == 0 ? "" : ", but that failed");
    fflush(stdout);
}

static void *refuse_later(void *unused) {
    (void)unused;
    while (access("refuse", F_OK) != 0) {
        usleep(10 * MILLISECOND);
    }
    refuse_forks();
    return NULL;
}

static void start(void *(*work)(void *)) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, NULL) != 0) {
        abort();
    }
    pthread_detach(thread);
}

__attribute__((visibility("default"))) int Agent_OnLoad(void *vm, char *options, void *reserved) {
    (void)vm;
    (void)reserved;
    for (const char *way = options; way != NULL && *way != 0; way++) {
        switch (*way) {
            case 'w': start(wait_for_any); break;
            case 'a':
                wait_flags = __WALL;
                start(wait_for_any);
                break;
            case 'i': signal(SIGCHLD, SIG_IGN); break;
            case 'r':
                error = (unsigned)strtoul(way + 1, NULL, 10);
                refuse_forks();
                break;
            case 'l':
                error = (unsigned)strtoul(way + 1, NULL, 10);
                start(refuse_later);
                break;
            default: break; /* a digit */
        }
    }
    return 0;
}
