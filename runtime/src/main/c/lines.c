/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "lines.h"

#include "vm.h"

/* HotSpot's CompressedLineNumberReadStream: pairs of steps in bytecodes and lines, most of them in one byte. */
#define END 0
#define ESCAPE 0xff
#define FIRST_WITHOUT_ZEROS 20 /* since JDK 20 no byte of a number is 0 */
#define MOST_BYTES 5
#define CONTINUES 192

static const u1 *at;

/* HotSpot's UNSIGNED5. */
static u4 number(void) {
    u4 excluded = vm.feature >= FIRST_WITHOUT_ZEROS ? 1 : 0;
    u4 sum = 0;
    for (int i = 0; i < MOST_BYTES; i++) {
        u4 byte = *at++;
        sum += (byte - excluded) << (6 * i);
        if (byte < CONTINUES) {
            break;
        }
    }
    return sum;
}

static int32_t signed_number(void) {
    u4 value = number();
    return (int32_t)((value >> 1) ^ (0u - (value & 1)));
}

/* The table lies behind the bytecodes, and these behind the ConstMethod. The nearest entry at or before the bytecode counts. */
int32_t lines_at(addr method, int64_t bytecode) {
    addr constants = pointer_at(method, vm.method_const);
    if (vm.const_flags == 0 || (AT(u2, constants, vm.const_flags) & vm.const_has_lines) == 0) {
        return LINE_UNKNOWN;
    }
    at = (const u1 *)constants + vm.const_bytes + AT(u2, constants, vm.const_code_bytes);
    int32_t line_there = 0;
    int32_t bytecode_there = 0;
    int32_t line = LINE_UNKNOWN;
    int32_t nearest = -1;
    for (u1 step = *at++; step != END; step = *at++) {
        if (step == ESCAPE) {
            bytecode_there += signed_number();
            line_there += signed_number();
        } else {
            bytecode_there += step >> 3;
            line_there += step & 7;
        }
        if (bytecode_there <= bytecode && bytecode_there >= nearest) {
            nearest = bytecode_there;
            line = line_there;
        }
    }
    return line;
}
