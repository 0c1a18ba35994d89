/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"

#define EXIT_FAILED 2
#define LAST_SIGNAL 64
#define IOPRIO_WHO_PROCESS 1
#define IOPRIO_BEST_EFFORT_LOWEST ((2 << 13) | 7)

static struct outcome *outcome;
static u8 began;
static u8 walk_began;

u8 nanos_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (u8)now.tv_sec * 1000000000u + (u8)now.tv_nsec;
}

struct outcome *child_outcome(void) {
    if (outcome == NULL) {
        void *page = mmap(NULL, sizeof *outcome, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (page == MAP_FAILED) {
            return NULL;
        }
        outcome = page;
    }
    memset(outcome, 0, sizeof *outcome);
    return outcome;
}

/* The VM's handlers would write crash reports into the host's directory, and its dispatchers are not here any more. */
static void reset_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    for (int signal = 1; signal <= LAST_SIGNAL; signal++) {
        sigaction(signal, &action, NULL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_between(unsigned first, unsigned last) {
    if (first > last) {
        return;
    }
    if (syscall(SYS_close_range, first, last, 0) == 0) {
        return;
    }
    struct rlimit limit; /* before Linux 5.9 */
    unsigned most = 65536;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < most) {
        most = (unsigned)limit.rlim_cur;
    }
    for (unsigned descriptor = first; descriptor <= last && descriptor < most; descriptor++) {
        close((int)descriptor);
    }
}

/* Nobody shall wait for the child to close a socket, a terminal or a pipe of the host's. */
static void close_descriptors(int one, int other) {
    int null = open("/dev/null", O_RDWR);
    for (int standard = 0; standard <= 2 && null >= 0; standard++) {
        if (standard != one && standard != other) {
            dup2(null, standard);
        }
    }
    int lower = one < other ? one : other;
    int higher = one < other ? other : one;
    lower = lower < 2 ? 2 : lower;
    higher = higher < 2 ? 2 : higher;
    close_between(3, (unsigned)lower - 1);
    close_between((unsigned)lower + 1, (unsigned)higher - 1);
    close_between((unsigned)higher + 1, ~0u);
}

/* Where memory is short the kernel shall take the child, not the host. */
static void volunteer_for_oom_killer(void) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        if (write(file, "1000", 4) != 4) {
            /* it may be forbidden, and nothing else can be done about it */
        }
        close(file);
    }
}

void child_begin(const struct child_settings *settings) {
    began = nanos_now();
    reset_signals();
    prctl(PR_SET_NAME, "heapgauge-snap");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    alarm(settings->seconds);
    close_descriptors(settings->output, settings->message);
    volunteer_for_oom_killer();
    if (settings->nice > 0) {
        setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + settings->nice);
        syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, IOPRIO_BEST_EFFORT_LOWEST);
    }
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* no core file with the heap in it, no ptrace; last, for /proc closes with it */
    child_phase(PHASE_ROOTS);
}

void child_phase(enum phase phase) {
    u8 now = nanos_now();
    if (phase == PHASE_WALK) {
        walk_began = now;
        outcome->roots_nanos = now - began;
    }
    outcome->table_bytes = arena_taken();
    if (phase == PHASE_DONE) {
        outcome->walk_nanos = now - walk_began;
    }
    __atomic_store_n(&outcome->phase, phase, __ATOMIC_RELEASE);
}

void child_done(void) {
    child_phase(PHASE_DONE);
    _exit(0);
}

void child_fail_errno(const char *message, int error) {
    outcome->error = error;
    child_fail(message, 0);
}

void child_fail(const char *message, u8 detail) {
    size_t length = strlen(message);
    if (length >= sizeof outcome->message) {
        length = sizeof outcome->message - 1;
    }
    memcpy(outcome->message, message, length);
    outcome->error_detail = detail;
    child_phase(PHASE_FAILED);
    _exit(EXIT_FAILED);
}

void child_fail_unless_told(const char *message, u8 detail) {
    if (__atomic_load_n(&outcome->phase, __ATOMIC_ACQUIRE) == PHASE_FAILED) {
        _exit(EXIT_FAILED);
    }
    child_fail(message, detail);
}

void child_total(u8 heap_bytes) { outcome->total_bytes = heap_bytes; }

void child_progress(u8 objects, u8 walked_bytes) {
    outcome->objects = objects;
    outcome->walked_bytes = walked_bytes;
    __atomic_fetch_add(&outcome->beat, 1, __ATOMIC_RELAXED);
}

void child_lost(u8 stretches, u8 bytes) {
    outcome->lost_stretches = stretches;
    outcome->lost_bytes = bytes;
}

void child_counts(u8 classes, u8 roots) {
    outcome->classes = classes;
    outcome->roots = roots;
}

void child_written(u8 bytes) { outcome->written_bytes = bytes; }
