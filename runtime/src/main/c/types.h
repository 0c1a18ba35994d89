/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_TYPES_H
#define HG_TYPES_H

/*
 * Counts objects by class and writes the counts to a pipe; does not return. The message, all numbers big-endian:
 *   4 "HGTY", 4 version, 4 number of classes that have objects; for each:
 *     8 objects, 8 bytes, 8 bytes of the largest, 2 length of the name, the name as the VM writes it;
 *   8 objects in all, 8 bytes in all, 4 Adler-32 of everything before it.
 */
void types_write(int descriptor) __attribute__((noreturn));

#endif
