package main

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
)

// echoTimeout is when a message that has not come back counts as lost.
const echoTimeout = 10 * time.Second

// echo: the offerer sends messages of given sizes, one in flight, the answerer sends each one back.
type echo struct {
	peer *peer
}

type reply struct {
	data   []byte
	isText bool
}

type echoRow struct {
	Size    int     `json:"size"`
	Kind    string  `json:"kind"`
	OK      bool    `json:"ok"`
	N       int     `json:"n"`
	Fail    int     `json:"fail"`
	Skipped bool    `json:"skipped"`
	RTTMs   float64 `json:"rttMs"`
}

func (e *echo) begin() {
	if err := e.peer.dial(0); err != nil {
		e.peer.out.fail(0, err)
	}
}

func (e *echo) dialled(int) {}

func (e *echo) opened(ch *channel) {
	if e.peer.cfg.Role == answerer {
		e.reflect(ch)
		return
	}
	e.measure(ch)
}

func (e *echo) reflect(ch *channel) {
	ch.read(func(data []byte, isText bool) {
		if err := ch.send(data, isText); err != nil {
			e.peer.out.fail(ch.conn.id, err)
		}
	})
}

func (e *echo) measure(ch *channel) {
	replies := make(chan reply, 16)
	go ch.read(func(data []byte, isText bool) {
		select {
		case replies <- reply{append([]byte(nil), data...), isText}:
		case <-time.After(echoTimeout): // more came back than was sent; the offerer has stopped reading
		}
	})
	var rows []echoRow
	bad := 0
	for _, size := range e.peer.cfg.Sizes {
		for _, isText := range []bool{false, true} {
			row := e.trySize(ch, replies, size, isText)
			bad += row.Fail
			rows = append(rows, row)
		}
	}
	e.peer.out.event(ch.conn.id, "result", fields{"ok": bad == 0, "bad": bad, "rows": rows})
}

func (e *echo) trySize(ch *channel, replies <-chan reply, size int, isText bool) echoRow {
	row := echoRow{Size: size, Kind: "binary"}
	payload := binaryOf(size)
	if isText {
		row.Kind = "text"
		payload = textOf(size)
	}
	if size > ch.conn.sendable() {
		row.OK, row.Skipped = true, true
		return row
	}
	var total time.Duration
	for ; row.N < e.peer.cfg.Rounds; row.N++ {
		start := time.Now()
		if !roundTrip(ch, replies, payload, isText) {
			row.Fail++
			continue
		}
		total += time.Since(start)
	}
	row.OK = row.Fail == 0
	if returned := row.N - row.Fail; returned > 0 {
		row.RTTMs = milliseconds(total) / float64(returned)
	}
	return row
}

func roundTrip(ch *channel, replies <-chan reply, payload []byte, isText bool) bool {
	forgetLate(replies)
	if ch.send(payload, isText) != nil {
		return false
	}
	select {
	case r := <-replies:
		return r.isText == isText && bytes.Equal(r.data, payload)
	case <-ch.ended:
		return false
	case <-time.After(echoTimeout):
		return false
	}
}

// forgetLate drops replies to rounds that were given up, lest they count for the next one.
func forgetLate(replies <-chan reply) {
	for {
		select {
		case <-replies:
		default:
			return
		}
	}
}

// binaryOf gives bytes in which every value occurs and neighbouring blocks of 256 differ.
func binaryOf(size int) []byte {
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(i + 7*(i>>8))
	}
	return data
}

// textOf gives size bytes of UTF-8 with characters of one to four bytes.
func textOf(size int) []byte {
	const pattern = "echo é € 𝄞 "
	text := strings.Repeat(pattern, size/len(pattern)+1)
	end := size
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return append([]byte(text[:end]), bytes.Repeat([]byte{'.'}, size-end)...)
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Microseconds()) / 1000
}
