package org.webrtc4j;

/** How the states of the one transport make the states of its connection. */
final class ConnectionStates {

    private ConnectionStates() {}

    /**
     * Returns the state of the connection.
     *
     * @param transport whether the connection has a transport yet
     * @see <a href="https://www.w3.org/TR/webrtc/#rtcpeerconnectionstate-enum">the table</a>
     */
    static RTCPeerConnectionState connection(
            boolean closed, boolean transport, RTCIceTransportState ice, RTCDtlsTransportState dtls) {
        if (closed) {
            return RTCPeerConnectionState.CLOSED;
        }
        if (!transport) {
            return RTCPeerConnectionState.NEW;
        }
        if (ice == RTCIceTransportState.FAILED || dtls == RTCDtlsTransportState.FAILED) {
            return RTCPeerConnectionState.FAILED;
        }
        if (ice == RTCIceTransportState.DISCONNECTED) {
            return RTCPeerConnectionState.DISCONNECTED;
        }
        boolean iceIdle = ice == RTCIceTransportState.NEW || ice == RTCIceTransportState.CLOSED;
        boolean dtlsIdle = dtls == RTCDtlsTransportState.NEW || dtls == RTCDtlsTransportState.CLOSED;
        if (iceIdle && dtlsIdle) {
            return RTCPeerConnectionState.NEW;
        }
        boolean iceUnderWay = ice == RTCIceTransportState.NEW || ice == RTCIceTransportState.CHECKING;
        boolean dtlsUnderWay = dtls == RTCDtlsTransportState.NEW || dtls == RTCDtlsTransportState.CONNECTING;
        return iceUnderWay || dtlsUnderWay ? RTCPeerConnectionState.CONNECTING : RTCPeerConnectionState.CONNECTED;
    }

    /**
     * Returns the ICE state of the connection.
     *
     * @param transport whether the connection has a transport yet
     * @see <a href="https://www.w3.org/TR/webrtc/#rtciceconnectionstate-enum">the table</a>
     */
    static RTCIceConnectionState ice(boolean closed, boolean transport, RTCIceTransportState ice) {
        if (closed) {
            return RTCIceConnectionState.CLOSED;
        }
        if (!transport) {
            return RTCIceConnectionState.NEW;
        }
        return switch (ice) {
            case FAILED -> RTCIceConnectionState.FAILED;
            case DISCONNECTED -> RTCIceConnectionState.DISCONNECTED;
            case NEW, CLOSED -> RTCIceConnectionState.NEW;
            case CHECKING -> RTCIceConnectionState.CHECKING;
            case COMPLETED -> RTCIceConnectionState.COMPLETED;
            case CONNECTED -> RTCIceConnectionState.CONNECTED;
        };
    }
}
