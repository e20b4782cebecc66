// Command pion-sctp-peer is one association of pion's sctp package over UDP without DTLS, driven by JSON lines on
// standard input and output. Each datagram is one SCTP packet. What it understands and says is described in the README
// of the folder above.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// version of pion/sctp, set by the linker: packages found through GOPATH carry no version of their own.
var version = "unknown"

const maxLineBytes = 16 << 20

type config struct {
	Mode           string `json:"mode"`
	Local          string `json:"local"`
	Remote         string `json:"remote"`
	ReceiveWindow  uint32 `json:"receiveWindow"`
	MaxMessageSize uint32 `json:"maxMessageSize"`
}

type command struct {
	Cmd            string   `json:"cmd"`
	Stream         uint16   `json:"stream"`
	PPID           *uint32  `json:"ppid"`
	Size           int      `json:"size"`
	Hex            *string  `json:"hex"`
	Unordered      bool     `json:"unordered"`
	MaxRetransmits *uint32  `json:"maxRetransmits"`
	LifetimeMs     *uint32  `json:"lifetimeMs"`
	Streams        []uint16 `json:"streams"`
	Total          int64    `json:"total"`
	On             *bool    `json:"on"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pion-sctp-peer '<json configuration>'")
		os.Exit(2)
	}
	cfg := config{Local: "127.0.0.1:0", ReceiveWindow: 1 << 20, MaxMessageSize: 1 << 20}
	out := &output{writer: os.Stdout}
	if err := json.Unmarshal([]byte(os.Args[1]), &cfg); err != nil {
		out.fail("configuration", err)
		os.Exit(2)
	}
	p, err := newPeer(&cfg, out)
	if err != nil {
		out.fail("configuration", err)
		os.Exit(2)
	}
	out.event("ready", fields{"impl": "pion", "version": version, "local": p.conn.LocalAddr().String()})
	p.begin()
	obey(p, os.Stdin)
	p.quit()
}

func obey(p *peer, in io.Reader) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), maxLineBytes)
	for lines.Scan() {
		var c command
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			p.out.fail("a line is no command", err)
			continue
		}
		if c.Cmd == "quit" {
			return
		}
		if err := p.perform(&c); err != nil {
			p.out.fail(c.Cmd, err)
		}
	}
}
