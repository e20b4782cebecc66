/** Uses ice4j's agents once, as a program of a user would: what ice4j needs of Kotlin and of the JDK is named here. */
module org.webrtc4j.smoke.ice4j {
    requires org.webrtc4j;
    requires org.webrtc4j.ice4j;
    requires kotlin.reflect;
    requires kotlin.stdlib;
    requires java.desktop;
    requires java.logging;
    requires java.net.http;
    requires java.xml;
}
