package main

import (
	"fmt"
	"time"
)

// connectTimeout is when an attempt to connect is given up.
const connectTimeout = 30 * time.Second

// timeToConnect: connections one after the other, each timed from its constructor to its open channel.
type timeToConnect struct {
	peer *peer
	open chan *channel
}

func (t *timeToConnect) begin() {
	times := make([]float64, 0, t.peer.cfg.Rounds+1)
	for id := 0; id <= t.peer.cfg.Rounds; id++ {
		if id > 0 {
			time.Sleep(time.Duration(t.peer.cfg.GapMs) * time.Millisecond)
		}
		took, err := t.connect(id)
		if err != nil {
			t.peer.out.fail(id, err)
			return
		}
		times = append(times, milliseconds(took))
		t.peer.hangUp(id)
	}
	t.peer.out.event(0, "result", fields{"first": times[0], "times": times[1:]})
}

func (t *timeToConnect) connect(id int) (time.Duration, error) {
	start := time.Now()
	if err := t.peer.dial(id); err != nil {
		return 0, err
	}
	select {
	case <-t.open:
		return time.Since(start), nil
	case <-time.After(connectTimeout):
		return 0, fmt.Errorf("not connected after %v", connectTimeout)
	}
}

func (t *timeToConnect) dialled(int) {}

func (t *timeToConnect) opened(ch *channel) {
	if t.peer.cfg.Role == offerer {
		t.open <- ch
	}
	ch.read(func([]byte, bool) {})
}
