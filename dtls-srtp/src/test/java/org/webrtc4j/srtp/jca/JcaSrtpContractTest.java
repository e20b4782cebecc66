package org.webrtc4j.srtp.jca;

import org.junit.jupiter.api.Nested;
import org.webrtc4j.srtp.SrtpTransformFactory;
import org.webrtc4j.srtp.contract.SrtpRefusalContract;
import org.webrtc4j.srtp.contract.SrtpTransformContract;

class JcaSrtpContractTest {

    @Nested
    class Packets extends SrtpTransformContract {
        @Override
        protected SrtpTransformFactory factory() {
            return new JcaSrtp();
        }
    }

    @Nested
    class Refusals extends SrtpRefusalContract {
        @Override
        protected SrtpTransformFactory factory() {
            return new JcaSrtp();
        }
    }
}
