package org.webrtc4j.jitsisrtp;

import org.junit.jupiter.api.Nested;
import org.webrtc4j.srtp.SrtpTransformFactory;
import org.webrtc4j.srtp.contract.SrtpRefusalContract;
import org.webrtc4j.srtp.contract.SrtpTransformContract;

class JitsiSrtpContractTest {

    private static final int WINDOW = 64;

    @Nested
    class Packets extends SrtpTransformContract {
        @Override
        protected SrtpTransformFactory factory() {
            return new JitsiSrtp();
        }
    }

    @Nested
    class Refusals extends SrtpRefusalContract {
        @Override
        protected SrtpTransformFactory factory() {
            return new JitsiSrtp();
        }

        @Override
        protected int rtpWindow() {
            return WINDOW;
        }

        @Override
        protected int rtcpWindow() {
            return WINDOW;
        }
    }
}
