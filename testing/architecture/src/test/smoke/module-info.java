/** Uses the stack once, as a program of a user would. */
module org.webrtc4j.smoke {
    requires org.webrtc4j;
    requires org.webrtc4j.media;
    requires org.webrtc4j.rtp;
    requires org.webrtc4j.sctp;
    requires org.webrtc4j.sdp;
}
