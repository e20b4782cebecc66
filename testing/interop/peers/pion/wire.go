package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"sync"

	"github.com/pion/webrtc/v3"
)

const (
	offerer  = "offerer"
	answerer = "answerer"
)

// config is the program's argument. Lite, DTLSRole and SendBack are this peer's own: they make pion an ICE-lite agent,
// choose the DTLS role ("active" or "passive") of its answers, and let the scenario media send back what comes.
type config struct {
	Role              string      `json:"role"`
	Scenario          string      `json:"scenario"`
	Sizes             []int       `json:"sizes"`
	Rounds            int         `json:"rounds"`
	Size              int         `json:"size"`
	Seconds           float64     `json:"seconds"`
	Conns             int         `json:"conns"`
	Ordered           bool        `json:"ordered"`
	MaxRetransmits    *uint16     `json:"maxRetransmits"`
	MaxPacketLifeTime *uint16     `json:"maxPacketLifeTime"`
	HighWater         uint64      `json:"highWater"`
	LowWater          uint64      `json:"lowWater"`
	GapMs             int         `json:"gapMs"`
	ICEServers        []iceServer `json:"iceServers"`
	Relay             bool        `json:"relay"`
	Bind              string      `json:"bind"`
	Lite              bool        `json:"lite"`
	DTLSRole          string      `json:"dtlsRole"`
	SendBack          bool        `json:"sendBack"`
}

type iceServer struct {
	URLs       stringOrList `json:"urls"`
	Username   string       `json:"username"`
	Credential string       `json:"credential"`
}

// stringOrList is the W3C union (DOMString or sequence<DOMString>).
type stringOrList []string

func (s *stringOrList) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*s = []string{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(s))
}

func parseConfig(text []byte) (*config, error) {
	cfg := &config{
		Scenario:  "echo",
		Sizes:     []int{0, 1, 100, 16384, 65536, 262144},
		Rounds:    10,
		Size:      16384,
		Seconds:   10,
		Conns:     1,
		Ordered:   true,
		HighWater: 4 << 20,
		LowWater:  1 << 20,
	}
	if err := json.Unmarshal(text, cfg); err != nil {
		return nil, err
	}
	return cfg, cfg.check()
}

func (c *config) check() error {
	switch {
	case c.Role != offerer && c.Role != answerer:
		return fmt.Errorf("role %q is neither offerer nor answerer", c.Role)
	case c.MaxRetransmits != nil && c.MaxPacketLifeTime != nil:
		return fmt.Errorf("maxRetransmits and maxPacketLifeTime exclude each other")
	case c.Rounds < 0 || c.Size <= 0 || c.Conns <= 0 || c.GapMs < 0 || c.Seconds < 0:
		return fmt.Errorf("a number is out of range")
	case c.LowWater > c.HighWater:
		return fmt.Errorf("lowWater is above highWater")
	case c.Bind != "" && net.ParseIP(c.Bind) == nil:
		return fmt.Errorf("bind %q is not an address", c.Bind)
	}
	for _, size := range c.Sizes {
		if size < 0 {
			return fmt.Errorf("a size is negative")
		}
	}
	return nil
}

// message is any line that reaches this program.
type message struct {
	Type      string                  `json:"type"`
	Name      string                  `json:"name"`
	ID        int                     `json:"id"`
	SDP       string                  `json:"sdp"`
	Candidate webrtc.ICECandidateInit `json:"candidate"`
}

type fields map[string]interface{}

// output writes lines; any goroutine may use it.
type output struct {
	mu  sync.Mutex
	enc *json.Encoder
}

func newOutput(w io.Writer) *output {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &output{enc: enc}
}

func (o *output) line(kind string, id int, f fields) {
	all := fields{"type": kind, "id": id}
	for k, v := range f {
		all[k] = v
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	// Nothing is left to tell anybody when standard output is gone; the end of the input follows.
	_ = o.enc.Encode(all)
}

func (o *output) event(id int, name string, f fields) {
	all := fields{"name": name}
	for k, v := range f {
		all[k] = v
	}
	o.line("event", id, all)
}

func (o *output) fail(id int, err error) {
	o.event(id, "error", fields{"message": err.Error()})
}
