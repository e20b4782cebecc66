package main

import "time"

// endMark is the text that follows the last binary message.
const endMark = "END"

// throughput: the offerer sends for some seconds, the answerer counts.
type throughput struct {
	peer *peer
}

func (t *throughput) begin() {
	if err := t.peer.dial(0); err != nil {
		t.peer.out.fail(0, err)
	}
}

func (t *throughput) dialled(int) {}

func (t *throughput) opened(ch *channel) {
	if t.peer.cfg.Role == answerer {
		t.count(ch)
		return
	}
	go ch.read(func([]byte, bool) {})
	if err := t.pump(ch); err != nil {
		t.peer.out.fail(ch.conn.id, err)
	}
}

func (t *throughput) pump(ch *channel) error {
	out, id := t.peer.out, ch.conn.id
	payload := binaryOf(t.peer.cfg.Size)
	sent := 0
	deadline := time.Now().Add(time.Duration(t.peer.cfg.Seconds * float64(time.Second)))
	out.event(id, "tstart", nil)
	for time.Now().Before(deadline) {
		if err := ch.send(payload, false); err != nil {
			return err
		}
		sent++
	}
	out.event(id, "tend", nil)
	// On an unordered or unreliable channel the mark would overtake what is still queued.
	if err := ch.drain(); err != nil {
		return err
	}
	if err := ch.send([]byte(endMark), true); err != nil {
		return err
	}
	out.event(id, "sent", fields{"bytes": sent * len(payload), "msgs": sent})
	return nil
}

func (t *throughput) count(ch *channel) {
	m := meter{}
	finished := false
	ch.read(func(data []byte, isText bool) {
		switch {
		case finished:
		case isText && string(data) == endMark:
			finished = true
			t.report(ch, &m)
		case !isText:
			if m.add(len(data), time.Now()) {
				t.peer.out.event(ch.conn.id, "tstart", nil)
			}
		}
	})
	if !finished { // the mark itself may be lost on an unreliable channel
		t.report(ch, &m)
	}
}

func (t *throughput) report(ch *channel, m *meter) {
	t.peer.out.event(ch.conn.id, "tend", nil)
	t.peer.out.event(ch.conn.id, "result", m.result())
}

// meter counts messages from the first to the last.
type meter struct {
	first, last time.Time
	bytes, msgs int64
	buckets     []int64
}

// add says whether this was the first message.
func (m *meter) add(size int, now time.Time) bool {
	isFirst := m.msgs == 0
	if isFirst {
		m.first = now
	}
	m.last = now
	m.msgs++
	m.bytes += int64(size)
	second := int(now.Sub(m.first) / time.Second)
	for len(m.buckets) <= second {
		m.buckets = append(m.buckets, 0)
	}
	m.buckets[second] += int64(size)
	return isFirst
}

func (m *meter) result() fields {
	ms := milliseconds(m.last.Sub(m.first))
	mbps := 0.0
	if ms > 0 {
		mbps = float64(m.bytes) / 1e3 / ms
	}
	buckets := m.buckets
	if buckets == nil {
		buckets = []int64{}
	}
	return fields{"bytes": m.bytes, "msgs": m.msgs, "ms": ms, "mbps": mbps, "buckets": buckets}
}
