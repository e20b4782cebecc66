package org.webrtc4j.benchmarks.records;

/** Both ends of one association, which make and open records a row of them at a time. */
interface RecordRow {

    /** Few enough to stay in the processor's cache. */
    int RECORDS = 256;

    /** Makes the next records. */
    void seal() throws Exception;

    /** Opens the records made last. */
    void open() throws Exception;
}
