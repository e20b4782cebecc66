/** Uses each part of the stack once, as a program of a user would. */
module org.webrtc4j.smoke {
    requires org.webrtc4j.sdp;
    requires org.webrtc4j.ice;
    requires org.webrtc4j.dtlssrtp;
    requires org.webrtc4j.sctp;
}
