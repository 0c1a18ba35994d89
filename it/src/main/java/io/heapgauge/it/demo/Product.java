/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.demo;

import java.util.List;

/**
 * Something to buy.
 *
 * @param id its number
 * @param name its name
 * @param description the text of its page
 * @param tags what the search finds it by
 */
public record Product(int id, String name, String description, List<String> tags) {}
