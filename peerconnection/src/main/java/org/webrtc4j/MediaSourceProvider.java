package org.webrtc4j;

import java.io.IOException;
import java.util.List;
import org.webrtc4j.media.codec.CodecFactory;

/**
 * Brings devices to {@link MediaDevices}: cameras and microphones through a library, a camera in the network, files. Found as
 * a service ({@link java.util.ServiceLoader}), or given by {@link RuntimeBuilder#mediaSources}. Called on the codec executor
 * of the runtime, by several threads at once.
 */
public interface MediaSourceProvider {

    /**
     * Lists what is there now.
     *
     * @param codecs what can be encoded; a device whose media could not be is left out
     * @return the devices, the preferred ones first
     */
    List<MediaDeviceInfo> devices(CodecFactory codecs);

    /**
     * Opens a device.
     *
     * @param device one of those listed
     * @param constraints what its track should be like
     * @return a source of its kind
     * @throws IOException when it is there and does not work: NotReadableError
     */
    MediaTrackSource open(MediaDeviceInfo device, MediaTrackConstraints constraints) throws IOException;
}
