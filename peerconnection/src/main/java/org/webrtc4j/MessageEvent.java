package org.webrtc4j;

/**
 * A message arrived. The event holds its own copy of the bytes.
 *
 * @param type message
 * @param target the channel
 * @param data the message
 * @see <a href="https://html.spec.whatwg.org/multipage/comms.html#messageevent">the specification</a>
 */
public record MessageEvent(String type, EventTarget target, MessageData data) implements Event {

    /**
     * Tells whether the message is text.
     *
     * @return true for text, false for binary
     */
    public boolean isText() {
        return data instanceof MessageData.Text;
    }

    /**
     * Returns the message as text.
     *
     * @return the text; of a binary message its bytes read as UTF-8
     */
    public String text() {
        return data.text();
    }

    /**
     * Returns the message as bytes.
     *
     * @return the bytes; of a text message its UTF-8 form
     */
    public byte[] bytes() {
        return data.bytes();
    }
}
