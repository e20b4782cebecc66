package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/pion/webrtc/v3"
)

// scenario is what the connections are for. Its methods are called from any goroutine.
type scenario interface {
	// begin is the offerer's start; it may take as long as the scenario does.
	begin()
	// dialled is told that an offer has come, before it is answered.
	dialled(id int)
	// opened is told of a channel that can be used; it runs on a goroutine of its own.
	opened(ch *channel)
}

// peer holds the connections of one scenario.
type peer struct {
	cfg      *config
	out      *output
	api      *webrtc.API
	scenario scenario

	mu          sync.Mutex
	connections map[int]*connection
}

func newPeer(cfg *config, out *output) (*peer, error) {
	api, err := newAPI(cfg)
	if err != nil {
		return nil, err
	}
	p := &peer{cfg: cfg, out: out, api: api, connections: map[int]*connection{}}
	p.scenario, err = p.chooseScenario()
	return p, err
}

func (p *peer) chooseScenario() (scenario, error) {
	switch p.cfg.Scenario {
	case "echo":
		return &echo{peer: p}, nil
	case "throughput":
		return &throughput{peer: p}, nil
	case "ttc":
		return &timeToConnect{peer: p, open: make(chan *channel, 1)}, nil
	case "scale":
		return &scale{peer: p}, nil
	case "media":
		return &media{peer: p}, nil
	default:
		return nil, fmt.Errorf("scenario %q is not offered by this peer", p.cfg.Scenario)
	}
}

// dial opens connection id with one channel and sends its offer.
func (p *peer) dial(id int) error {
	c, err := p.connect(id)
	if err != nil {
		return err
	}
	return c.offer()
}

func (p *peer) answer(id int, sdp string) error {
	p.scenario.dialled(id)
	c, err := p.connect(id)
	if err != nil {
		return err
	}
	return c.answer(sdp)
}

func (p *peer) connect(id int) (*connection, error) {
	c, err := newConnection(p, id)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.connections[id] != nil {
		c.close()
		return nil, fmt.Errorf("connection %d is there already", id)
	}
	p.connections[id] = c
	return c, nil
}

// withConnection does nothing for an unknown id: candidates that cross a bye on their way are ordinary.
func (p *peer) withConnection(id int, do func(*connection) error) error {
	p.mu.Lock()
	c := p.connections[id]
	p.mu.Unlock()
	if c == nil {
		return nil
	}
	return do(c)
}

// hangUp closes connection id and tells the other side.
func (p *peer) hangUp(id int) {
	if p.forget(id) {
		p.out.line("bye", id, nil)
	}
}

func (p *peer) forget(id int) bool {
	p.mu.Lock()
	c := p.connections[id]
	delete(p.connections, id)
	p.mu.Unlock()
	if c == nil {
		return false
	}
	c.close()
	return true
}

// quit closes all connections at once and waits for them, within reason.
func (p *peer) quit() {
	p.mu.Lock()
	var closing sync.WaitGroup
	for id := range p.connections {
		closing.Add(1)
		go func(id int) {
			defer closing.Done()
			p.hangUp(id)
		}(id)
	}
	p.mu.Unlock()

	done := make(chan struct{})
	go func() {
		closing.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(quitGrace):
	}
}
