package org.webrtc4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of webrtc-pc sections 4.3.3 and 4.3.4, every pair of ICE and DTLS state. */
class ConnectionStatesTest {

    @ParameterizedTest
    @CsvSource({
        // ICE,          new,          connecting,   connected,    closed,       failed       (DTLS)
        "new,            new,          connecting,   connecting,   new,          failed",
        "checking,       connecting,   connecting,   connecting,   connecting,   failed",
        "connected,      connecting,   connecting,   connected,    connected,    failed",
        "completed,      connecting,   connecting,   connected,    connected,    failed",
        "disconnected,   disconnected, disconnected, disconnected, disconnected, failed",
        "failed,         failed,       failed,       failed,       failed,       failed",
        "closed,         new,          connecting,   connected,    new,          failed",
    })
    void theConnectionFollowsIceAndDtlsTogether(
            String ice,
            String whenNew,
            String whenConnecting,
            String whenConnected,
            String whenClosed,
            String whenFailed) {
        assertThat(state(ice, RTCDtlsTransportState.NEW)).isEqualTo(whenNew);
        assertThat(state(ice, RTCDtlsTransportState.CONNECTING)).isEqualTo(whenConnecting);
        assertThat(state(ice, RTCDtlsTransportState.CONNECTED)).isEqualTo(whenConnected);
        assertThat(state(ice, RTCDtlsTransportState.CLOSED)).isEqualTo(whenClosed);
        assertThat(state(ice, RTCDtlsTransportState.FAILED)).isEqualTo(whenFailed);
    }

    private static String state(String ice, RTCDtlsTransportState dtls) {
        return ConnectionStates.connection(false, true, RTCIceTransportState.fromWireName(ice), dtls)
                .wireName();
    }

    @ParameterizedTest
    @EnumSource(RTCIceTransportState.class)
    void theIceConnectionStateIsThatOfTheTransportAndAClosedOneCountsAsNew(RTCIceTransportState ice) {
        String expected = ice == RTCIceTransportState.CLOSED ? "new" : ice.wireName();

        assertThat(ConnectionStates.ice(false, true, ice).wireName()).isEqualTo(expected);
    }

    @Test
    void withoutATransportEverythingIsNewAndAfterCloseEverythingIsClosed() {
        RTCIceTransportState ice = RTCIceTransportState.CONNECTED;
        RTCDtlsTransportState dtls = RTCDtlsTransportState.CONNECTED;

        assertThat(ConnectionStates.connection(false, false, ice, dtls)).isEqualTo(RTCPeerConnectionState.NEW);
        assertThat(ConnectionStates.ice(false, false, ice)).isEqualTo(RTCIceConnectionState.NEW);
        assertThat(ConnectionStates.connection(true, true, ice, dtls)).isEqualTo(RTCPeerConnectionState.CLOSED);
        assertThat(ConnectionStates.ice(true, true, ice)).isEqualTo(RTCIceConnectionState.CLOSED);
    }
}
