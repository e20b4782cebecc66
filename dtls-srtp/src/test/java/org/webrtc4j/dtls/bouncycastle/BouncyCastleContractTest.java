package org.webrtc4j.dtls.bouncycastle;

import java.security.SecureRandom;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.contract.DrivenLoop;
import org.webrtc4j.dtls.contract.DtlsEndpointContract;
import org.webrtc4j.dtls.contract.RealTimeLoop;

class BouncyCastleContractTest extends DtlsEndpointContract {

    @Override
    protected DtlsEndpointFactory newFactory() {
        return new BouncyCastleDtls(new SecureRandom());
    }

    @Override
    protected DrivenLoop newLoop() {
        return new RealTimeLoop();
    }
}
