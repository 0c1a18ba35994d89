/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

/** Linux error numbers in words, those that a snapshot can meet. */
final class Errno {
    private static final int EPERM = 1;
    private static final int EAGAIN = 11;
    private static final int ENOMEM = 12;

    private Errno() {}

    /** The number and what it means. */
    static String text(int errno) {
        return "error " + errno + " (" + name(errno) + ")";
    }

    private static String name(int errno) {
        return switch (errno) {
            case EPERM -> "not permitted";
            case 2 -> "no such file or directory";
            case 5 -> "input/output error";
            case 9 -> "bad file descriptor";
            case EAGAIN -> "too many processes";
            case ENOMEM -> "no memory";
            case 13 -> "access denied";
            case 17 -> "file exists";
            case 20 -> "not a directory";
            case 23, 24 -> "too many open files";
            case 27 -> "file too large";
            case 28 -> "no space left on the disk";
            case 30 -> "read-only file system";
            case 32 -> "broken pipe";
            case 38 -> "not implemented";
            case 40 -> "a symbolic link";
            case 122 -> "disk quota exceeded";
            default -> "see errno(3)";
        };
    }

    /** What an operator can do about a fork that was refused. */
    static String forkAdvice(int errno) {
        return switch (errno) {
            case EPERM -> "; a seccomp profile or security module forbids clone(2)";
            case EAGAIN -> "; RLIMIT_NPROC or the pids limit of the control group is reached";
            case ENOMEM -> "; with vm.overcommit_memory=2 a fork needs as much memory again as the process has";
            default -> "";
        };
    }
}
