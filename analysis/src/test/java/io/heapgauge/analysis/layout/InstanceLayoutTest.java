/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sizes as a HotSpot 17 or 25 has them; the real VMs are asked by LayoutIT. */
class InstanceLayoutTest {
    private static final VmModel COMPRESSED = VmModel.DEFAULT;
    private static final VmModel UNCOMPRESSED = new VmModel(12, 8, 8, false);
    private static final VmModel WIDE = new VmModel(16, 8, 8, true);
    private static final VmModel COMPACT = new VmModel(8, 4, 8, true);

    private static InstanceLayout object(VmModel model) {
        return InstanceLayout.empty(model);
    }

    private static FieldGroup fields(int references, int... primitiveBytes) {
        return FieldGroup.of(references, primitiveBytes);
    }

    @Test
    void a_header_alone_is_aligned() {
        assertThat(object(COMPRESSED).bytes()).isEqualTo(16);
        assertThat(object(WIDE).bytes()).isEqualTo(16);
        assertThat(object(COMPACT).bytes()).isEqualTo(8);
        assertThat(object(new VmModel(12, 4, 32, false)).bytes()).isEqualTo(32);
    }

    @Test
    void a_small_field_fills_the_gap_before_a_long() {
        assertThat(object(COMPRESSED).extend(fields(0, 1, 8)).bytes()).isEqualTo(24);
        assertThat(object(COMPRESSED).extend(fields(1, 8)).bytes()).isEqualTo(24);
        assertThat(object(UNCOMPRESSED).extend(fields(1, 8)).bytes()).isEqualTo(32);
        assertThat(object(COMPRESSED).extend(fields(0, 8, 4, 1)).bytes()).isEqualTo(32);
    }

    @Test
    void a_sub_class_fills_the_gaps_of_its_super_class() {
        InstanceLayout parent = object(COMPRESSED).extend(fields(0, 8, 2));
        assertThat(parent.bytes()).isEqualTo(24);
        assertThat(parent.extend(fields(0, 2)).bytes()).isEqualTo(24);
        assertThat(parent.extend(fields(1)).bytes()).isEqualTo(32);
    }

    @Test
    void a_contended_class_has_padding_on_both_sides() {
        assertThat(object(COMPRESSED)
                        .extend(fields(0, 8), FieldGroup.NONE, true)
                        .bytes())
                .isEqualTo(280);
        assertThat(object(WIDE).extend(fields(0, 8), FieldGroup.NONE, true).bytes())
                .isEqualTo(280);
        assertThat(object(COMPACT).extend(fields(0, 8), FieldGroup.NONE, true).bytes())
                .isEqualTo(272);
    }

    @Test
    void a_thread_of_jdk_17_has_padding_around_its_random_seeds_and_so_have_its_sub_classes() {
        InstanceLayout thread =
                object(COMPRESSED).extend(fields(11, 4, 1, 1, 1, 8, 8, 8, 4), fields(0, 8, 4, 4), false);
        assertThat(thread.bytes()).isEqualTo(368);
        assertThat(thread.extend(FieldGroup.NONE).bytes()).isEqualTo(368);
        InstanceLayout worker = thread.extend(fields(2));
        assertThat(worker.bytes()).isEqualTo(376);
        assertThat(worker.extend(FieldGroup.NONE).bytes()).isEqualTo(504);
    }

    @Test
    void static_fields_begin_with_references_and_leave_the_gap_behind_them() {
        assertThat(InstanceLayout.staticBytes(FieldGroup.NONE, COMPRESSED)).isZero();
        assertThat(InstanceLayout.staticBytes(fields(1), COMPRESSED)).isEqualTo(8);
        assertThat(InstanceLayout.staticBytes(fields(1, 8, 4, 4, 1, 1), COMPRESSED))
                .isEqualTo(32);
        assertThat(InstanceLayout.staticBytes(fields(1, 8, 4, 4, 1, 1), UNCOMPRESSED))
                .isEqualTo(32);
        assertThat(InstanceLayout.staticBytes(fields(1, 4, 1), COMPRESSED)).isEqualTo(16);
    }
}
