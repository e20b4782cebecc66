package org.webrtc4j.testkit;

import java.nio.ByteBuffer;

/** Which packets of a direction are lost. */
public sealed interface Loss {

    /** Nothing is lost. */
    Loss NONE = new Uniform(0);

    /**
     * Each packet is lost with the same probability, whatever happened to the others.
     *
     * @param probability 0 to 1
     */
    record Uniform(double probability) implements Loss {

        /**
         * Checks the range.
         *
         * @param probability 0 to 1
         */
        public Uniform {
            Impairments.checkProbability(probability);
        }
    }

    /**
     * Losses in bursts: two states with a loss probability each, and a probability per packet of changing the state.
     *
     * @param goodToBad probability per packet of leaving the good state
     * @param badToGood probability per packet of leaving the bad state; its inverse is the mean length of a burst
     * @param lossInGood loss probability in the good state
     * @param lossInBad loss probability in the bad state
     */
    record GilbertElliott(double goodToBad, double badToGood, double lossInGood, double lossInBad) implements Loss {

        /**
         * Checks the ranges.
         *
         * @param goodToBad probability per packet of leaving the good state
         * @param badToGood probability per packet of leaving the bad state
         * @param lossInGood loss probability in the good state
         * @param lossInBad loss probability in the bad state
         */
        public GilbertElliott {
            Impairments.checkProbability(goodToBad);
            Impairments.checkProbability(badToGood);
            Impairments.checkProbability(lossInGood);
            Impairments.checkProbability(lossInBad);
        }

        /**
         * Returns the loss in the long run.
         *
         * @return the share of packets lost, 0 to 1
         */
        public double meanLoss() {
            double bad = goodToBad + badToGood == 0 ? 0 : goodToBad / (goodToBad + badToGood);
            return bad * lossInBad + (1 - bad) * lossInGood;
        }
    }

    /**
     * The test chooses.
     *
     * @param rule asked for every packet
     */
    record Chosen(DropRule rule) implements Loss {}

    /** Chooses the packets to lose. */
    @FunctionalInterface
    interface DropRule {

        /**
         * Tells whether to lose a packet.
         *
         * @param index its number in this direction, from 0
         * @param packet its bytes, borrowed for the call
         * @return true to lose it
         */
        boolean drops(long index, ByteBuffer packet);
    }
}
