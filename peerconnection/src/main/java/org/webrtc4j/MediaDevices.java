package org.webrtc4j;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The devices of a runtime: those given by {@link RuntimeBuilder#mediaSources}, those of services, and synthetic ones: a tone,
 * speech-like noise, and colour bars where there is an encoder. Nobody is asked for permission.
 *
 * <p>Every method may be called from any thread. Futures complete on the codec executor of the runtime: what depends on them
 * must not block there.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#mediadevices">the specification</a>
 */
public final class MediaDevices {

    private record Device(MediaSourceProvider provider, MediaDeviceInfo info) {}

    private final RuntimeCodecs codecs;
    private final List<MediaSourceProvider> given;
    private final Object monitor = new Object();
    private @Nullable List<MediaSourceProvider> providers;

    MediaDevices(RuntimeCodecs codecs, List<MediaSourceProvider> given) {
        this.codecs = codecs;
        this.given = List.copyOf(given);
    }

    /**
     * Lists the devices.
     *
     * @return completes with all of them
     */
    public CompletableFuture<List<MediaDeviceInfo>> enumerateDevices() {
        return onExecutor(() -> devices().stream().map(Device::info).toList());
    }

    /**
     * Opens devices.
     *
     * @param constraints which kinds, and what they should be like
     * @return completes with a stream of one track of each kind. Fails with TypeError when no kind is wanted, with
     *     NotFoundError when there is no device of one (no colour bars without an encoder of pictures), with
     *     OverconstrainedError when there is none of the exact identification, with NotReadableError when one does not work
     */
    public CompletableFuture<MediaStream> getUserMedia(MediaStreamConstraints constraints) {
        if (constraints.audio() == null && constraints.video() == null) {
            return CompletableFuture.failedFuture(DOMException.typeError("Neither audio nor video is wanted"));
        }
        return onExecutor(() -> open(constraints));
    }

    private <T> CompletableFuture<T> onExecutor(Supplier<T> work) {
        try {
            CompletableFuture<T> future = new CompletableFuture<>();
            codecs.executor().execute(() -> {
                try {
                    future.complete(work.get());
                } catch (RuntimeException | ServiceConfigurationError failure) {
                    future.completeExceptionally(failure);
                }
            });
            return future;
        } catch (RejectedExecutionException ended) {
            return CompletableFuture.failedFuture(DOMException.invalidState("The codec executor takes no more tasks"));
        }
    }

    private MediaStream open(MediaStreamConstraints constraints) {
        List<Device> devices = devices();
        MediaTrackConstraints audio = constraints.audio();
        MediaTrackConstraints video = constraints.video();
        // Both are found before one is opened.
        Device sound = audio == null ? null : choose(devices, MediaDeviceKind.AUDIOINPUT, audio);
        Device camera = video == null ? null : choose(devices, MediaDeviceKind.VIDEOINPUT, video);
        List<MediaStreamTrack> tracks = new ArrayList<>();
        try {
            if (sound != null && audio != null) {
                tracks.add(open(sound, audio));
            }
            if (camera != null && video != null) {
                tracks.add(open(camera, video));
            }
        } catch (DOMException failure) {
            tracks.forEach(MediaStreamTrack::stop);
            throw failure;
        }
        return new MediaStream(tracks.toArray(MediaStreamTrack[]::new));
    }

    private static MediaStreamTrack open(Device device, MediaTrackConstraints constraints) {
        try {
            return new MediaStreamTrack(device.provider.open(device.info, constraints));
        } catch (IOException failure) {
            throw new DOMException(device.info.label() + " does not work: " + failure.getMessage(), "NotReadableError");
        }
    }

    private static Device choose(List<Device> devices, MediaDeviceKind kind, MediaTrackConstraints constraints) {
        List<Device> fitting =
                devices.stream().filter(each -> each.info.kind() == kind).toList();
        if (fitting.isEmpty()) {
            throw new DOMException("There is no " + kind, "NotFoundError");
        }
        String exact = constraints.exactDeviceId();
        if (exact != null) {
            return fitting.stream()
                    .filter(each -> each.info.deviceId().equals(exact))
                    .findFirst()
                    .orElseThrow(() -> new DOMException("No " + kind + " is " + exact, "OverconstrainedError"));
        }
        return fitting.stream()
                .filter(each -> each.info.deviceId().equals(constraints.deviceId()))
                .findFirst()
                .orElse(fitting.get(0));
    }

    private List<Device> devices() {
        List<Device> all = new ArrayList<>();
        for (MediaSourceProvider each : providers()) {
            for (MediaDeviceInfo info : each.devices(codecs)) {
                all.add(new Device(each, info));
            }
        }
        return all;
    }

    private List<MediaSourceProvider> providers() {
        synchronized (monitor) {
            List<MediaSourceProvider> known = providers;
            if (known == null) {
                known = new ArrayList<>(given);
                ServiceLoader.load(MediaSourceProvider.class, MediaDevices.class.getClassLoader())
                        .forEach(known::add);
                known.add(new SyntheticDevices());
                providers = known;
            }
            return known;
        }
    }
}
