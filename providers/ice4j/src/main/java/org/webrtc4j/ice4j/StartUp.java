package org.webrtc4j.ice4j;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.ice4j.ice.harvest.MappingCandidateHarvesters;
import org.jitsi.config.JitsiConfig;
import org.jitsi.config.TypesafeConfigSource;

/**
 * ice4j's discovery of mapped addresses, done once and without the network. Left to itself it asks the metadata service of
 * AWS, without a time limit for the answer, and the STUN servers of its configuration, when the first agent is made.
 */
final class StartUp {

    private static final String WITHOUT_LOOK_UPS =
            "ice4j.harvest.mapping { aws { enabled = false, force = false }, stun { addresses = [] } }";

    static {
        Config configured = ConfigFactory.load();
        Config quiet = ConfigFactory.parseString(WITHOUT_LOOK_UPS).withFallback(configured);
        JitsiConfig.Companion.useDebugNewConfig(new TypesafeConfigSource("webrtc4j", quiet));
        try {
            MappingCandidateHarvesters.initialize();
        } finally {
            // Everything else is read from the configuration of the process, as before.
            JitsiConfig.Companion.useDebugNewConfig(JitsiConfig.Companion.getTypesafeConfig());
        }
    }

    private StartUp() {}

    /** Returns when it is done. The first call in a process takes up to a second. */
    static void withoutLookUps() {
        // The work is that of the class's initialisation, which the first call waits for.
    }
}
