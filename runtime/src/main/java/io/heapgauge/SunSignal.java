/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * {@code sun.misc.Signal} of the module jdk.unsupported, the only way to a signal from Java; by reflection, because the
 * module may be missing and the compiler warns of it.
 */
final class SunSignal {
    private final Object signal;

    private SunSignal(Object signal) {
        this.signal = signal;
    }

    /**
     * Looks a signal up.
     *
     * @param name its name without SIG
     * @throws SignalException if there is no such signal here, or no module jdk.unsupported
     */
    static SunSignal of(String name) throws SignalException {
        try {
            return new SunSignal(Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name));
        } catch (ReflectiveOperationException e) {
            throw SignalException.of(e);
        }
    }

    static boolean isKnown(String name) {
        try {
            of(name);
            return true;
        } catch (SignalException e) {
            return false;
        }
    }

    /** A handler that runs the task on the thread that the VM makes for each delivery. */
    static Object handler(Runnable task) throws SignalException {
        Class<?> type = handlerType();
        return Proxy.newProxyInstance(
                SunSignal.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                            case "equals" -> proxy == args[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "heapgauge signal handler";
                        };
                    }
                    task.run();
                    return null;
                });
    }

    private static Class<?> handlerType() throws SignalException {
        try {
            return Class.forName("sun.misc.SignalHandler");
        } catch (ClassNotFoundException e) {
            throw SignalException.of(e);
        }
    }

    /** Installs a handler and returns the one it replaces. */
    Object handle(Object handler) throws SignalException {
        try {
            Method handle = signal.getClass().getMethod("handle", signal.getClass(), handlerType());
            return handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            throw SignalException.of(e);
        }
    }

    /** Sends the signal to this process. */
    void raise() throws SignalException {
        try {
            signal.getClass().getMethod("raise", signal.getClass()).invoke(null, signal);
        } catch (ReflectiveOperationException e) {
            throw SignalException.of(e);
        }
    }

    /** The signal cannot be used; the message says why. */
    static final class SignalException extends Exception {
        private static final long serialVersionUID = 1L;

        private SignalException(Throwable cause) {
            super(cause.toString(), cause);
        }

        private static SignalException of(ReflectiveOperationException e) {
            return new SignalException(
                    e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e);
        }
    }
}
