/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the shop remembers of one visitor.
 *
 * @param id the session's id
 * @param user the visitor's name
 * @param startedAt when it began
 * @param attributes what pages put there
 * @param cart ids of the products in the cart
 * @param viewState the page as it was last shown, opaque
 */
public record Session(
        String id,
        String user,
        Instant startedAt,
        Map<String, String> attributes,
        List<Integer> cart,
        byte[] viewState) {}
