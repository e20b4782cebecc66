package org.webrtc4j.sctp.tx;

/** The invariants of {@link OutstandingData}: its sums equal what the ring holds, and what is in flight is listed. */
final class OutstandingSums {

    private OutstandingSums() {}

    static boolean agree(OutstandingData data) {
        long flight = 0;
        long payload = 0;
        int flying = 0;
        int lost = 0;
        int acked = 0;
        long arrived = 0;
        int abandoned = 0;
        for (long tsn = data.base(); tsn < data.next(); tsn++) {
            int slot = data.ring.slot(tsn);
            if (data.ring.messages[slot] == null) {
                return false;
            }
            int size = data.serialized(data.ring.lengths[slot]);
            switch (data.ring.states[slot]) {
                case OutstandingData.IN_FLIGHT -> {
                    flight += size;
                    payload += data.ring.lengths[slot];
                    flying++;
                }
                case OutstandingData.LOST -> lost++;
                case OutstandingData.ACKED -> {
                    acked++;
                    arrived += size;
                }
                default -> abandoned++;
            }
        }
        return flight == data.flightBytes()
                && payload == data.flightPayload()
                && lost == data.lostCount()
                && acked == data.ackedCount()
                && arrived == data.ackedBytes()
                && abandoned == data.abandonedCount()
                && flying == data.sendOrder.size()
                && data.base() <= data.next()
                && isListed(data);
    }

    private static boolean isListed(OutstandingData data) {
        int tsn = data.sendOrder.first();
        for (int i = 0; i < data.sendOrder.size(); i++) {
            if (data.state(data.unwrap(tsn)) != OutstandingData.IN_FLIGHT) {
                return false;
            }
            tsn = data.sendOrder.after(tsn);
        }
        return true;
    }
}
