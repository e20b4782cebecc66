package org.webrtc4j;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The statistics of a connection: a read-only map from id to object.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcstatsreport-object">the specification</a>
 */
public final class RTCStatsReport extends AbstractMap<String, RTCStats> {

    private final Map<String, RTCStats> byId;

    RTCStatsReport(List<? extends RTCStats> stats) {
        Map<String, RTCStats> map = new LinkedHashMap<>();
        stats.forEach(each -> map.put(each.id(), each));
        byId = Collections.unmodifiableMap(map);
    }

    @Override
    public Set<Entry<String, RTCStats>> entrySet() {
        return byId.entrySet();
    }

    /**
     * Returns the objects of one class.
     *
     * @param kind the record class
     * @param <T> the record class
     * @return in the order of the report
     */
    public <T extends RTCStats> Stream<T> all(Class<T> kind) {
        return byId.values().stream().filter(kind::isInstance).map(kind::cast);
    }
}
