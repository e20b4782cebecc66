package main

import (
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v3"
)

const (
	audioInterval  = 20 * time.Millisecond
	videoInterval  = time.Second / 15
	mtu            = 1200
	keyFrameEvery  = 15
	keyFrameBytes  = 6000
	deltaBytes     = 1500
	opusClockRate  = 48000
	videoClockRate = 90000
	payloadOpus    = 0x78 // one 20 ms frame (RFC 6716, section 3.1)
)

// media sends sound and pictures, and counts what comes; or, with sendBack, returns the packets that come.
type media struct {
	peer *peer

	mu       sync.Mutex
	received map[string]*counter
	sent     map[string]*counter
}

// counter counts packets of one track.
type counter struct {
	codec   string
	packets int
	bytes   int
	frames  int
	first   uint16
	span    int // from the first sequence number to the highest
}

func (m *media) begin() {
	if err := m.peer.dial(0); err != nil {
		m.peer.out.fail(0, err)
		return
	}
	if m.peer.cfg.SendBack {
		return
	}
	_ = m.peer.withConnection(0, func(c *connection) error {
		<-c.connected
		time.Sleep(time.Duration(m.peer.cfg.Seconds * float64(time.Second)))
		m.report()
		return nil
	})
}

func (m *media) dialled(int) {}

func (m *media) opened(*channel) {}

// attach gives a new connection its tracks.
func (m *media) attach(c *connection) error {
	if m.peer.cfg.SendBack {
		return c.sendBack()
	}
	c.pc.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { m.receive(remote) })
	audio := rtp.NewPacketizer(mtu, 0, 0, &codecs.OpusPayloader{}, rtp.NewRandomSequencer(), opusClockRate)
	video := rtp.NewPacketizer(mtu, 0, 0, &codecs.VP8Payloader{EnablePictureID: true}, rtp.NewRandomSequencer(), videoClockRate)
	if err := m.send(c, "audio", webrtc.MimeTypeOpus, audio, audioInterval, opusClockRate/50, opusFrame); err != nil {
		return err
	}
	return m.send(c, "video", webrtc.MimeTypeVP8, video, videoInterval, videoClockRate/15, vp8Frame)
}

// send adds a track and feeds it from the time on when both sides are connected.
func (m *media) send(c *connection, kind, mime string, packetizer rtp.Packetizer, every time.Duration, samples uint32, frame func(int) []byte) error {
	track, err := webrtc.NewTrackLocalStaticRTP(webrtc.RTPCodecCapability{MimeType: mime}, kind, "media")
	if err != nil {
		return err
	}
	sender, err := c.pc.AddTrack(track)
	if err != nil {
		return err
	}
	go drain(sender)
	counted := m.counter(&m.sent, kind, mime)
	go func() {
		<-c.connected
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for number := 0; c.pc.ConnectionState() != webrtc.PeerConnectionStateClosed; number++ {
			for _, packet := range packetizer.Packetize(frame(number), samples) {
				if track.WriteRTP(packet) != nil {
					return
				}
				m.count(counted, packet)
			}
			<-ticker.C
		}
	}()
	return nil
}

func (m *media) receive(remote *webrtc.TrackRemote) {
	counted := m.counter(&m.received, remote.Kind().String(), remote.Codec().MimeType)
	for {
		packet, _, err := remote.ReadRTP()
		if err != nil {
			return
		}
		m.count(counted, packet)
	}
}

func (m *media) counter(all *map[string]*counter, kind, mime string) *counter {
	m.mu.Lock()
	defer m.mu.Unlock()
	if *all == nil {
		*all = map[string]*counter{}
	}
	counted := &counter{codec: mime[len(kind)+1:]}
	(*all)[kind] = counted
	return counted
}

func (m *media) count(counted *counter, packet *rtp.Packet) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if counted.packets == 0 {
		counted.first = packet.SequenceNumber
	}
	// A call of this length does not come round to the same number.
	if span := int(packet.SequenceNumber-counted.first) + 1; span > counted.span {
		counted.span = span
	}
	counted.packets++
	counted.bytes += len(packet.Payload)
	if packet.Marker {
		counted.frames++
	}
}

func (m *media) report() {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := fields{}
	for kind, counted := range m.received {
		all["in-"+kind] = counted.fields()
	}
	for kind, counted := range m.sent {
		all["out-"+kind] = counted.fields()
	}
	m.peer.out.event(0, "result", fields{"media": all})
}

func (c *counter) fields() fields {
	return fields{"packets": c.packets, "bytes": c.bytes, "lost": c.span - c.packets, "frames": c.frames, "codec": c.codec}
}

func opusFrame(int) []byte {
	frame := make([]byte, 80)
	frame[0] = payloadOpus
	return frame
}

// vp8Frame is the header of a frame of 320 by 240 (RFC 6386, section 9.1) with nothing behind it that a decoder would like.
func vp8Frame(number int) []byte {
	if number%keyFrameEvery != 0 {
		frame := make([]byte, deltaBytes)
		frame[0] = 0x11
		return frame
	}
	frame := make([]byte, keyFrameBytes)
	copy(frame, []byte{0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0})
	return frame
}
