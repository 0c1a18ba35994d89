/** How much Java heap an analysis takes. */
@org.jspecify.annotations.NullMarked
package io.heapgauge.analysis.memory;
