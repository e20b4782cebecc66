package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"sync"

	"github.com/pion/webrtc/v3"
)

// defaultMaxMessageSize is what a description without a=max-message-size means (RFC 8841, section 6.1).
const defaultMaxMessageSize = 65536

// maxSendBytes is where pion's SCTP refuses to send, whatever the other side takes.
const maxSendBytes = 65536

var maxMessageSizeLine = regexp.MustCompile(`(?m)^a=max-message-size:(\d+)`)

// connection is one RTCPeerConnection with its signalling.
type connection struct {
	peer *peer
	id   int
	pc   *webrtc.PeerConnection

	// speaking orders this connection's lines: its description leaves before its candidates.
	speaking sync.Mutex

	// hearing guards what the other side has said.
	hearing        sync.Mutex
	described      bool
	early          []webrtc.ICECandidateInit
	maxMessageSize int

	connecting sync.Once
	connected  chan struct{}
}

func newConnection(p *peer, id int) (*connection, error) {
	pc, err := p.api.NewPeerConnection(p.cfg.connectionConfig())
	if err != nil {
		return nil, err
	}
	c := &connection{peer: p, id: id, pc: pc, maxMessageSize: defaultMaxMessageSize, connected: make(chan struct{})}
	pc.OnICECandidate(c.sayCandidate)
	pc.OnConnectionStateChange(c.sayState)
	pc.OnDataChannel(c.adopt)
	if m, ok := p.scenario.(*media); ok {
		if err := m.attach(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *connection) offer() error {
	dc, err := c.pc.CreateDataChannel(c.peer.cfg.Scenario, c.peer.cfg.channelInit())
	if err != nil {
		return err
	}
	c.adopt(dc)
	offer, err := c.pc.CreateOffer(nil)
	if err != nil {
		return err
	}
	return c.say("offer", offer)
}

func (c *connection) answer(sdp string) error {
	if err := c.hear(webrtc.SDPTypeOffer, sdp); err != nil {
		return err
	}
	answer, err := c.pc.CreateAnswer(nil)
	if err != nil {
		return err
	}
	return c.say("answer", answer)
}

func (c *connection) acceptAnswer(sdp string) error {
	return c.hear(webrtc.SDPTypeAnswer, sdp)
}

// say applies and sends a local description.
func (c *connection) say(kind string, d webrtc.SessionDescription) error {
	c.speaking.Lock()
	defer c.speaking.Unlock()
	if err := c.pc.SetLocalDescription(d); err != nil {
		return err
	}
	c.peer.out.line(kind, c.id, fields{"sdp": d.SDP})
	return nil
}

// hear applies the remote description and the candidates that came before it.
func (c *connection) hear(kind webrtc.SDPType, sdp string) error {
	c.hearing.Lock()
	defer c.hearing.Unlock()
	c.maxMessageSize = maxMessageSizeOf(sdp)
	if err := c.pc.SetRemoteDescription(webrtc.SessionDescription{Type: kind, SDP: sdp}); err != nil {
		return err
	}
	c.described = true
	for _, candidate := range c.early {
		c.add(candidate)
	}
	c.early = nil
	return nil
}

// sendable is the largest message that both pion and the other side can take.
func (c *connection) sendable() int {
	c.hearing.Lock()
	defer c.hearing.Unlock()
	if c.maxMessageSize < maxSendBytes {
		return c.maxMessageSize
	}
	return maxSendBytes
}

func maxMessageSizeOf(sdp string) int {
	found := maxMessageSizeLine.FindStringSubmatch(sdp)
	if found == nil {
		return defaultMaxMessageSize
	}
	size, err := strconv.Atoi(found[1])
	if err != nil || size == 0 {
		return math.MaxInt // 0 means that any size will do
	}
	return size
}

func (c *connection) addCandidate(candidate webrtc.ICECandidateInit) error {
	c.hearing.Lock()
	defer c.hearing.Unlock()
	if !c.described {
		c.early = append(c.early, candidate)
		return nil
	}
	c.add(candidate)
	return nil
}

// add only logs a candidate that pion refuses: one that it cannot use does not end the connection.
func (c *connection) add(candidate webrtc.ICECandidateInit) {
	if err := c.pc.AddICECandidate(candidate); err != nil {
		c.peer.out.event(c.id, "log", fields{"message": fmt.Sprintf("candidate %q: %v", candidate.Candidate, err)})
	}
}

func (c *connection) sayCandidate(found *webrtc.ICECandidate) {
	c.speaking.Lock()
	defer c.speaking.Unlock()
	text := "" // the end of candidates
	if found != nil {
		text = found.ToJSON().Candidate
	}
	// pion leaves sdpMid empty, though its only section is called 0.
	c.peer.out.line("candidate", c.id, fields{
		"candidate": fields{"candidate": text, "sdpMid": "0", "sdpMLineIndex": 0},
	})
}

func (c *connection) sayState(state webrtc.PeerConnectionState) {
	c.peer.out.event(c.id, "state", fields{"state": state.String()})
	if state == webrtc.PeerConnectionStateConnected {
		c.connecting.Do(func() { close(c.connected) })
	}
}

func (c *connection) sayPair() {
	pair, err := c.pc.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
	if err != nil || pair == nil {
		return
	}
	c.peer.out.event(c.id, "pair", fields{
		"local": pair.Local.ToJSON().Candidate, "remote": pair.Remote.ToJSON().Candidate,
	})
}

// adopt hands a channel to the scenario as soon as it is open.
func (c *connection) adopt(dc *webrtc.DataChannel) {
	dc.OnOpen(func() {
		raw, err := dc.Detach()
		if err != nil {
			c.peer.out.fail(c.id, err)
			return
		}
		ch := newChannel(c, dc, raw)
		c.peer.out.event(c.id, "open", fields{"label": dc.Label()})
		c.sayPair()
		c.peer.scenario.opened(ch)
	})
}

func (c *connection) close() {
	if err := c.pc.Close(); err != nil {
		c.peer.out.event(c.id, "log", fields{"message": "close: " + err.Error()})
	}
}
