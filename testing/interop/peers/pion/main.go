// Command pion-peer is one WebRTC peer built on pion, driven by JSON lines on standard input and output.
//
// It exists so that tests and measurements have an independent stack at the other end. Its single argument is a
// JSON configuration; what it understands and says is described in the README of the folder above.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"
)

// version of pion/webrtc, set by the linker: packages found through GOPATH carry no version of their own.
var version = "unknown"

// quitGrace bounds how long closing may take; a peer told to quit must not linger.
const quitGrace = 2 * time.Second

// A line without trickled candidates holds a whole description, so the scanner's default of 64 KiB is too little.
const maxLineBytes = 4 << 20

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pion-peer '<json configuration>'")
		os.Exit(2)
	}
	cfg, err := parseConfig([]byte(os.Args[1]))
	if err != nil {
		fmt.Fprintln(os.Stderr, "configuration:", err)
		os.Exit(2)
	}
	out := newOutput(os.Stdout)
	p, err := newPeer(cfg, out)
	if err != nil {
		out.fail(0, err)
		os.Exit(1)
	}
	out.event(0, "ready", fields{"impl": "pion", "version": version})
	p.serve(os.Stdin)
	p.quit()
}

// serve obeys one line after the other until it is told to quit or the input ends.
func (p *peer) serve(in io.Reader) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), maxLineBytes)
	for lines.Scan() {
		var m message
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			p.out.fail(0, fmt.Errorf("unreadable line: %w", err))
			continue
		}
		if m.Type == "cmd" && m.Name == "quit" {
			return
		}
		if err := p.handle(&m); err != nil {
			p.out.fail(m.ID, err)
		}
	}
}

func (p *peer) handle(m *message) error {
	switch m.Type {
	case "cmd":
		return p.command(m.Name)
	case "offer":
		return p.answer(m.ID, m.SDP)
	case "answer":
		return p.withConnection(m.ID, func(c *connection) error { return c.acceptAnswer(m.SDP) })
	case "candidate":
		return p.withConnection(m.ID, func(c *connection) error { return c.addCandidate(m.Candidate) })
	case "bye":
		p.forget(m.ID)
		return nil
	default:
		return fmt.Errorf("unknown line of type %q", m.Type)
	}
}

func (p *peer) command(name string) error {
	if m, ok := p.scenario.(*media); ok && name == "stats" {
		m.report()
		return nil
	}
	if name != "start" {
		return fmt.Errorf("unknown command %q", name)
	}
	if p.cfg.Role != offerer {
		return fmt.Errorf("only the offerer is started")
	}
	go p.scenario.begin()
	return nil
}
