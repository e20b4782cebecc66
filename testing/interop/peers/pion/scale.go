package main

import (
	"sync"
	"time"
)

// scale: many connections at once, which stay open until quit.
type scale struct {
	peer *peer

	mu    sync.Mutex
	begun time.Time
	open  int
}

func (s *scale) begin() {
	s.startClock()
	for id := 0; id < s.peer.cfg.Conns; id++ {
		if err := s.peer.dial(id); err != nil {
			s.peer.out.fail(id, err)
		}
	}
}

// dialled starts the answerer's clock at its first offer.
func (s *scale) dialled(int) {
	s.startClock()
}

func (s *scale) startClock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.begun.IsZero() {
		s.begun = time.Now()
	}
}

func (s *scale) opened(ch *channel) {
	s.mu.Lock()
	s.open++
	all := s.open == s.peer.cfg.Conns
	took := time.Since(s.begun)
	s.mu.Unlock()
	if all {
		s.peer.out.event(0, "allopen", fields{"n": s.peer.cfg.Conns, "ms": milliseconds(took)})
	}
	ch.read(func([]byte, bool) {})
}
