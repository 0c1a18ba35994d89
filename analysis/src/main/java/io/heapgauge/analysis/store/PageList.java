/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The memory of an array, page by page. One thread may add pages while others use those that were there. */
final class PageList {
    private ByteBuffer[] pages;

    PageList(int capacity) {
        pages = new ByteBuffer[Math.max(1, capacity)];
    }

    ByteBuffer get(int page) {
        return pages[page];
    }

    void set(int page, ByteBuffer memory) {
        if (page >= pages.length) {
            ByteBuffer[] more = Arrays.copyOf(pages, 2 * page);
            // threads that use other pages meanwhile find these in the new array too
            VarHandle.storeStoreFence();
            pages = more;
        }
        pages[page] = memory;
    }
}
