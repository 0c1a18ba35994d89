/** Dumps that somebody damaged, and what becomes of them. */
@org.jspecify.annotations.NullMarked
package io.heapgauge.analysis.mutation;
