package org.webrtc4j.dtls.contract;

import java.util.function.BooleanSupplier;
import org.webrtc4j.common.EventLoop;

/** A loop that runs on the test's thread while the test waits for something: in real time or in virtual time. */
public interface DrivenLoop extends EventLoop {

    /**
     * Runs tasks and timers until something has happened.
     *
     * @param what named in the error
     * @param happened asked after every task
     * @throws AssertionError when it has not happened within a generous time
     */
    void runUntil(String what, BooleanSupplier happened);

    /**
     * Runs tasks and timers for some time of this loop's clock.
     *
     * @param nanos how long
     */
    void runFor(long nanos);
}
