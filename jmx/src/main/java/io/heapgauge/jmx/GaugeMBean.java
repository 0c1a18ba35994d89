/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationBroadcasterSupport;
import javax.management.StandardEmitterMBean;

/** Puts the texts of {@link Described} where management clients look; the platform's own are p0, UNKNOWN and the like. */
final class GaugeMBean extends StandardEmitterMBean {
    GaugeMBean(HeapGaugeMXBean operations, NotificationBroadcasterSupport emitter) {
        super(operations, HeapGaugeMXBean.class, true, emitter);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return described(HeapGaugeMXBean.class).map(Described::value).orElse(info.getDescription());
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return method((info.isIs() ? "is" : "get") + info.getName())
                .flatMap(GaugeMBean::described)
                .map(Described::value)
                .orElse(info.getDescription());
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return operation(info).map(Described::value).orElse(info.getDescription());
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return operation(info).map(Described::impact).orElse(info.getImpact());
    }

    @Override
    protected String getParameterName(MBeanOperationInfo info, MBeanParameterInfo parameter, int sequence) {
        return parameter(info, sequence).map(Described::name).orElse(parameter.getName());
    }

    @Override
    protected String getDescription(MBeanOperationInfo info, MBeanParameterInfo parameter, int sequence) {
        return parameter(info, sequence).map(Described::value).orElse(parameter.getDescription());
    }

    private static Optional<Described> operation(MBeanFeatureInfo info) {
        return method(info.getName()).flatMap(GaugeMBean::described);
    }

    private static Optional<Described> parameter(MBeanOperationInfo info, int sequence) {
        return method(info.getName()).flatMap(method -> described(method.getParameters()[sequence]));
    }

    // no operation is overloaded, so a name is enough
    private static Optional<Method> method(String name) {
        return Arrays.stream(HeapGaugeMXBean.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst();
    }

    private static Optional<Described> described(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Described.class));
    }
}
