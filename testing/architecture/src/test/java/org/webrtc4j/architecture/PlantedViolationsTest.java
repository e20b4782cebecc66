package org.webrtc4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.planted.KnowsTheTestkit;
import org.webrtc4j.planted.PlantedGuests;
import org.webrtc4j.sctp.planted.PlantedEngines;
import org.webrtc4j.sctp.planted.first.Chicken;
import org.webrtc4j.sctp.planted.second.Egg;

/** Every rule bites: classes that break one are planted in the packages of the stack, each with the rule it breaks. */
class PlantedViolationsTest {

    private static final String CLASSES = "engines know no socket, thread, clock, lock or source of randomness";
    private static final String CALLS =
            "engines read no clock, wait for nobody, look up no name and make no randomness";
    private static final String GUEST = "published modules change nothing of their process and print nothing";
    private static final String NAMES = "classes are named for what they are";

    private static final JavaClasses PLANTED = new ClassFileImporter()
            .importClasses(Stream.concat(
                            planted().map(arguments -> (Class<?>) arguments.get()[0]),
                            Stream.of(Chicken.class, Egg.class, PlantedEngines.Innocent.class))
                    .toArray(Class<?>[]::new));

    /** What each rule finds among all planted classes, by its description. */
    private static final Map<String, List<String>> FINDINGS = rules().collect(Collectors.toMap(
            ArchRule::getDescription,
            rule -> rule.evaluate(PLANTED).getFailureReport().getDetails()));

    static Stream<Arguments> planted() {
        return Stream.of(
                plant(org.webrtc4j.common.planted.KnowsTooMuch.class, "org.webrtc4j.common.. depends"),
                plant(org.webrtc4j.sdp.planted.KnowsTooMuch.class, "org.webrtc4j.sdp.. depends"),
                plant(org.webrtc4j.ice.planted.KnowsTooMuch.class, "ice but its ports depends"),
                plant(org.webrtc4j.ice.port.planted.KnowsTooMuch.class, "org.webrtc4j.ice.port.. depends"),
                plant(org.webrtc4j.turnserver.planted.KnowsTooMuch.class, "the turn server but its engine depends"),
                plant(
                        org.webrtc4j.turnserver.engine.planted.KnowsTooMuch.class,
                        "org.webrtc4j.turnserver.engine.. depends"),
                plant(org.webrtc4j.crypto.planted.KnowsTooMuch.class, "org.webrtc4j.crypto.. depends"),
                plant(org.webrtc4j.dtls.planted.KnowsTooMuch.class, "dtls but its library's adapter depends"),
                plant(
                        org.webrtc4j.dtls.bouncycastle.planted.KnowsTooMuch.class,
                        "org.webrtc4j.dtls.bouncycastle.. depends"),
                plant(org.webrtc4j.certificate.planted.KnowsTooMuch.class, "org.webrtc4j.certificate.. depends"),
                plant(org.webrtc4j.srtp.planted.KnowsTooMuch.class, "org.webrtc4j.srtp.. depends"),
                plant(org.webrtc4j.h264.planted.KnowsTooMuch.class, "org.webrtc4j.h264.. depends"),
                plant(org.webrtc4j.opus.planted.KnowsTooMuch.class, "org.webrtc4j.opus.. depends"),
                plant(org.webrtc4j.ice4j.planted.KnowsTooMuch.class, "org.webrtc4j.ice4j.. depends"),
                plant(org.webrtc4j.jitsisrtp.planted.KnowsTooMuch.class, "org.webrtc4j.jitsisrtp.. depends"),
                plant(org.webrtc4j.sctp.planted.KnowsTooMuch.class, "org.webrtc4j.sctp.. depends"),
                plant(org.webrtc4j.rtp.planted.KnowsTooMuch.class, "org.webrtc4j.rtp.. depends"),
                plant(org.webrtc4j.media.planted.KnowsTooMuch.class, "org.webrtc4j.media.. depends"),
                plant(org.webrtc4j.planted.KnowsTooMuch.class, "peerconnection depends"),
                plant(org.webrtc4j.netty.planted.KnowsTooMuch.class, "org.webrtc4j.netty.. depends"),
                plant(org.webrtc4j.micrometer.planted.KnowsTooMuch.class, "org.webrtc4j.micrometer.. depends"),
                plant(org.webrtc4j.testkit.planted.KnowsTooMuch.class, "the testkit but its peers depends"),
                plant(org.webrtc4j.testkit.peer.planted.KnowsTooMuch.class, "org.webrtc4j.testkit.peer.. depends"),
                plant(KnowsTheTestkit.class, "published modules do not know the testkit"),
                plant(PlantedEngines.ReadsClock.class, CALLS),
                plant(PlantedEngines.ReadsClockByReference.class, CALLS),
                plant(PlantedEngines.MakesClock.class, CALLS),
                plant(PlantedEngines.ReadsWallClock.class, CALLS),
                plant(PlantedEngines.MakesRandom.class, CLASSES),
                plant(PlantedEngines.MakesSecureRandom.class, CLASSES),
                plant(PlantedEngines.RollsDice.class, CALLS),
                plant(PlantedEngines.NamesItself.class, CALLS),
                plant(PlantedEngines.StartsThread.class, CLASSES),
                plant(PlantedEngines.Dozes.class, CALLS),
                plant(PlantedEngines.Locks.class, CLASSES),
                plant(PlantedEngines.Counts.class, CLASSES),
                plant(PlantedEngines.Promises.class, CLASSES),
                plant(PlantedEngines.OpensSocket.class, CLASSES),
                plant(PlantedEngines.LooksUpName.class, CALLS),
                plant(PlantedEngines.SharesField.class, "engines have no volatile field"),
                plant(
                        PlantedEngines.SharesByHandle.class,
                        "engines have no handle of a variable, which could be shared"),
                plant(PlantedEngines.LocksItself.class, "engines have no synchronized method"),
                plant(PlantedEngines.WakesOthers.class, CALLS),
                plant(PlantedGuests.AddsProvider.class, GUEST),
                plant(PlantedGuests.HooksShutdown.class, GUEST),
                plant(PlantedGuests.Prints.class, GUEST),
                plant(PlantedGuests.PrintsTrace.class, GUEST),
                plant(PlantedGuests.StaticAssigned.class, "nothing static is assigned twice"),
                plant(PlantedGuests.StaticCounter.class, "nothing static is shared and mutable"),
                plant(PlantedGuests.ThingImpl.class, NAMES),
                plant(PlantedGuests.ThingManager.class, NAMES),
                plant(PlantedGuests.ThingHelper.class, NAMES),
                plant(PlantedGuests.ThingUtils.class, NAMES));
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aPlantedClassBreaksItsRuleAndNoOther(Class<?> planted, String rule) {
        assertThat(brokenBy(planted)).hasSize(1).first().asString().startsWith(rule);
    }

    @Test
    void packagesThatKnowEachOtherBreakTheRuleAgainstCycles() {
        String rule = "packages of a module know each other one way only";

        assertThat(brokenBy(Chicken.class)).containsExactly(rule);
        assertThat(brokenBy(Egg.class)).containsExactly(rule);
    }

    @Test
    void anEngineThatIsGivenEverythingBreaksNoRule() {
        assertThat(PLANTED.contain(PlantedEngines.Innocent.class)).isTrue();
        assertThat(brokenBy(PlantedEngines.Innocent.class)).isEmpty();
    }

    @Test
    void everyRuleIsBrokenByAPlantedClass() {
        assertThat(FINDINGS).allSatisfy((rule, findings) -> assertThat(findings).isNotEmpty());
    }

    private static Arguments plant(Class<?> planted, String rule) {
        return arguments(planted, rule);
    }

    private static List<String> brokenBy(Class<?> planted) {
        Pattern name = Pattern.compile("<" + Pattern.quote(planted.getName()) + "(?![\\w$])");
        return FINDINGS.entrySet().stream()
                .filter(rule -> rule.getValue().stream()
                        .anyMatch(finding -> name.matcher(finding).find()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Stream<ArchRule> rules() {
        return Stream.of(ModuleRules.all(), EngineRules.all(), HouseRules.all()).flatMap(List::stream);
    }
}
