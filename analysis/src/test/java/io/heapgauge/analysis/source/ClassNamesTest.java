/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassNamesTest {
    @Test
    void names_are_the_ones_people_write() {
        assertThat(ClassNames.exact("java/lang/String")).isEqualTo("java.lang.String");
        assertThat(ClassNames.exact("[[I")).isEqualTo("int[][]");
        assertThat(ClassNames.exact("[Ljava/util/Map$Entry;")).isEqualTo("java.util.Map$Entry[]");
        assertThat(ClassNames.exact("com/acme/A$$Lambda+0x00007f12")).isEqualTo("com.acme.A$$Lambda/0x00007f12");
    }

    @Test
    void random_suffixes_are_taken_off_for_reports() {
        assertThat(display("com/acme/A$$Lambda+0x00007f12")).isEqualTo("com.acme.A$$Lambda");
        assertThat(display("com/acme/A$$Lambda$14+0x0000000800c03000")).isEqualTo("com.acme.A$$Lambda");
        assertThat(display("[Lcom/acme/A$$Lambda$14+0x0000000800c03000;")).isEqualTo("com.acme.A$$Lambda[]");
        assertThat(display("jdk/proxy2/$Proxy17")).isEqualTo("jdk.proxy2.$Proxy");
        assertThat(display("jdk/internal/reflect/GeneratedMethodAccessor3"))
                .isEqualTo("jdk.internal.reflect.GeneratedMethodAccessor");
        assertThat(display("com/acme/Order$Line")).isEqualTo("com.acme.Order$Line");
        assertThat(display("com/acme/Top10")).isEqualTo("com.acme.Top10");
    }

    private static String display(String internal) {
        return ClassNames.display(ClassNames.exact(internal));
    }

    @Test
    void what_is_no_name_is_taken_as_it_comes() {
        assertThat(ClassNames.exact("[")).isEqualTo("[");
        assertThat(ClassNames.exact("[;")).isEqualTo("[]");
        assertThat(ClassNames.exact("[[L;")).isEqualTo("[][]");
        assertThat(ClassNames.exact("")).isEmpty();
    }
}
