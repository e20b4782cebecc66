package main

import (
	"github.com/pion/interceptor"
	"github.com/pion/webrtc/v3"
)

// withMedia are the options of an API that knows pion's codecs, and reports and repairs as pion does by default.
func withMedia() ([]func(*webrtc.API), error) {
	codecs := &webrtc.MediaEngine{}
	if err := codecs.RegisterDefaultCodecs(); err != nil {
		return nil, err
	}
	registry := &interceptor.Registry{}
	if err := webrtc.RegisterDefaultInterceptors(codecs, registry); err != nil {
		return nil, err
	}
	return []func(*webrtc.API){webrtc.WithMediaEngine(codecs), webrtc.WithInterceptorRegistry(registry)}, nil
}

// sendBack adds one track of each kind, and forwards to it what comes of that kind.
func (c *connection) sendBack() error {
	back := map[webrtc.RTPCodecType]*webrtc.TrackLocalStaticRTP{}
	for kind, mime := range map[webrtc.RTPCodecType]string{
		webrtc.RTPCodecTypeAudio: webrtc.MimeTypeOpus,
		webrtc.RTPCodecTypeVideo: webrtc.MimeTypeVP8,
	} {
		track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: mime}, kind.String(), "back")
		if err != nil {
			return err
		}
		sender, err := c.pc.AddTrack(track)
		if err != nil {
			return err
		}
		go drain(sender)
		back[kind] = track
	}
	c.pc.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		c.peer.out.event(c.id, "track", fields{"kind": remote.Kind().String(), "codec": remote.Codec().MimeType})
		for {
			packet, _, err := remote.ReadRTP()
			if err != nil {
				return
			}
			// Extensions are numbered by the connection they came from.
			packet.Extension, packet.Extensions = false, nil
			if err := back[remote.Kind()].WriteRTP(packet); err != nil {
				return
			}
		}
	})
	return nil
}

// drain reads RTCP, as only then pion's interceptors hear of it.
func drain(sender *webrtc.RTPSender) {
	for {
		if _, _, err := sender.ReadRTCP(); err != nil {
			return
		}
	}
}
