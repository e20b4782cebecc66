package org.webrtc4j.media.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;

/** The codec factories of a runtime, in the order in which they are asked. Immutable. */
public final class CodecRegistry implements CodecFactory {

    private final List<CodecFactory> factories;

    private CodecRegistry(List<CodecFactory> factories) {
        this.factories = List.copyOf(factories);
    }

    /**
     * Returns what needs no library: G.722, PCMU, PCMA and L16.
     *
     * @return the registry
     */
    public static CodecRegistry builtIn() {
        return new CodecRegistry(List.of(new PcmCodecs(), new G722Codec()));
    }

    /**
     * Finds the factories that artifacts bring, before the built-in ones.
     *
     * @param loader whose services are looked up
     * @return the registry
     * @throws java.util.ServiceConfigurationError when an artifact names a factory that cannot be made
     */
    public static CodecRegistry discover(ClassLoader loader) {
        List<CodecFactory> found = new ArrayList<>();
        ServiceLoader.load(CodecFactory.class, loader).forEach(found::add);
        found.addAll(builtIn().factories);
        return new CodecRegistry(found);
    }

    /**
     * Puts a factory before all others.
     *
     * @param factory the one to ask first
     * @return a registry with it
     */
    public CodecRegistry with(CodecFactory factory) {
        List<CodecFactory> more = new ArrayList<>(factories);
        more.add(0, factory);
        return new CodecRegistry(more);
    }

    @Override
    public @Nullable AudioEncoder audioEncoder(CodecDescription codec) {
        for (CodecFactory factory : factories) {
            AudioEncoder made = factory.audioEncoder(codec);
            if (made != null) {
                return made;
            }
        }
        return null;
    }

    @Override
    public @Nullable AudioDecoder audioDecoder(CodecDescription codec, int sampleRate, int channels) {
        for (CodecFactory factory : factories) {
            AudioDecoder made = factory.audioDecoder(codec, sampleRate, channels);
            if (made != null) {
                return made;
            }
        }
        return null;
    }

    @Override
    public @Nullable VideoEncoder videoEncoder(CodecDescription codec) {
        for (CodecFactory factory : factories) {
            VideoEncoder made = factory.videoEncoder(codec);
            if (made != null) {
                return made;
            }
        }
        return null;
    }

    @Override
    public @Nullable VideoDecoder videoDecoder(CodecDescription codec) {
        for (CodecFactory factory : factories) {
            VideoDecoder made = factory.videoDecoder(codec);
            if (made != null) {
                return made;
            }
        }
        return null;
    }
}
