package org.webrtc4j.turnserver;

import java.lang.reflect.Method;

/** What the calling thread has allocated. By reflection: the module under test does not read the JDK's management module. */
final class Allocation {

    private static final Object BEAN;
    private static final Method ALLOCATED;

    static {
        try {
            BEAN = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            ALLOCATED = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no allocation counter in this JDK", e);
        }
    }

    private Allocation() {}

    /** Allocates a few hundred bytes itself. */
    static long ofThisThread() throws ReflectiveOperationException {
        return (long) ALLOCATED.invoke(BEAN);
    }
}
