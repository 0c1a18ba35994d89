/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_BASE_H
#define HG_BASE_H

/*
 * The fork engine in C. The parent only forks; all else runs in the child, which is a frozen copy of a process of many threads
 * of which one goes on. There another thread may hold any lock for ever, malloc's included: the child uses memory of its own
 * arena and plain system calls, nothing that could lock.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t u1;
typedef uint16_t u2;
typedef uint32_t u4;
typedef uint64_t u8;

/* Address of something in the VM's memory, which is only read. */
typedef const char *addr;

/* The value of a C type at an offset from an address, aligned or not. */
#define AT(type, base, offset) \
    ({ type at_value; memcpy(&at_value, (base) + (offset), sizeof at_value); at_value; })

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

static inline addr pointer_at(addr base, long offset) { return AT(addr, base, offset); }
static inline u8 round_up(u8 value, u8 alignment) { return (value + alignment - 1) & ~(alignment - 1); }
static inline u4 hash_of(u8 key) { return (u4)((key * 0x9E3779B97F4A7C15ull) >> 32); }

#endif
