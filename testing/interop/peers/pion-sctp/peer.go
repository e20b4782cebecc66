package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/logging"
	"github.com/pion/sctp"
)

const (
	shownBytes    = 64
	readBytes     = 4 << 20
	highWater     = 4 << 20
	lowWater      = 1 << 20
	shutdownGrace = 20 * time.Second
	mostStreams   = 65535
)

var errNoAssociation = errors.New("there is no association")

type peer struct {
	cfg  *config
	out  *output
	conn *conn

	mutex       sync.Mutex
	association *sctp.Association
	streams     map[uint16]*sctp.Stream
	ending      string

	echo, sink                      atomic.Bool
	sentBytes, sentMessages         atomic.Int64
	receivedBytes, receivedMessages atomic.Int64
}

func newPeer(cfg *config, out *output) (*peer, error) {
	if cfg.Mode != "listen" && cfg.Mode != "connect" {
		return nil, errors.New("mode is neither connect nor listen")
	}
	if cfg.Mode == "connect" && cfg.Remote == "" {
		return nil, errors.New("connect needs a remote")
	}
	c, err := openConn(cfg.Local, cfg.Remote)
	if err != nil {
		return nil, err
	}
	return &peer{cfg: cfg, out: out, conn: c, streams: map[uint16]*sctp.Stream{}}, nil
}

// begin listens where that is the mode.
func (p *peer) begin() {
	if p.cfg.Mode == "listen" {
		go p.establish(sctp.Server)
	}
}

func (p *peer) establish(how func(sctp.Config) (*sctp.Association, error)) {
	log := logging.NewDefaultLoggerFactory()
	log.Writer = os.Stderr
	a, err := how(sctp.Config{
		NetConn:              p.conn,
		MaxReceiveBufferSize: p.cfg.ReceiveWindow,
		MaxMessageSize:       p.cfg.MaxMessageSize,
		LoggerFactory:        log,
	})
	if err != nil {
		p.out.event("closed", fields{"cause": "timeout", "message": err.Error()})
		return
	}
	p.mutex.Lock()
	p.association = a
	p.mutex.Unlock()
	p.out.event("connected", fields{"inboundStreams": mostStreams, "outboundStreams": mostStreams})
	for {
		s, err := a.AcceptStream()
		if err != nil {
			break
		}
		p.adopt(s)
	}
	p.mutex.Lock()
	cause := p.ending
	p.association = nil
	p.streams = map[uint16]*sctp.Stream{}
	p.mutex.Unlock()
	if cause == "" {
		cause = "peer"
	}
	p.out.event("closed", fields{"cause": cause})
}

// adopt reads a stream until the peer resets it.
func (p *peer) adopt(s *sctp.Stream) {
	p.mutex.Lock()
	p.streams[s.StreamIdentifier()] = s
	p.mutex.Unlock()
	go p.read(s)
}

func (p *peer) read(s *sctp.Stream) {
	buffer := make([]byte, readBytes)
	for {
		n, ppid, err := s.ReadSCTP(buffer)
		if err != nil {
			break
		}
		p.receivedBytes.Add(int64(n))
		p.receivedMessages.Add(1)
		if !p.sink.Load() {
			p.tell(s.StreamIdentifier(), uint32(ppid), buffer[:n])
		}
		if p.echo.Load() {
			if err := p.write(s, buffer[:n], ppid); err != nil {
				p.out.fail("echo", err)
			}
		}
	}
	p.mutex.Lock()
	alive := p.association != nil && p.ending == ""
	if p.streams[s.StreamIdentifier()] == s {
		delete(p.streams, s.StreamIdentifier())
	}
	p.mutex.Unlock()
	if alive {
		p.out.event("reset", fields{"streams": []uint16{s.StreamIdentifier()}, "incoming": true})
		_ = s.Close() // a stream is over when both directions are
	}
}

func (p *peer) tell(stream uint16, ppid uint32, message []byte) {
	digest := sha256.Sum256(message)
	shown := message
	if len(shown) > shownBytes {
		shown = shown[:shownBytes]
	}
	p.out.event("message", fields{
		"stream": stream, "ppid": ppid, "size": len(message),
		"sha256": hex.EncodeToString(digest[:]), "hex": hex.EncodeToString(shown),
	})
}

func (p *peer) write(s *sctp.Stream, message []byte, ppid sctp.PayloadProtocolIdentifier) error {
	if _, err := s.WriteSCTP(message, ppid); err != nil {
		return err
	}
	p.sentBytes.Add(int64(len(message)))
	p.sentMessages.Add(1)
	return nil
}

func (p *peer) perform(c *command) error {
	on := c.On == nil || *c.On
	switch c.Cmd {
	case "connect":
		if p.conn.peer() == nil {
			return errors.New("the remote address is not known")
		}
		go p.establish(sctp.Client)
	case "echo":
		p.echo.Store(on)
	case "sink":
		p.sink.Store(on)
	case "stats":
		p.stats()
	case "send":
		return p.send(c)
	case "bulk":
		return p.bulk(c)
	case "reset":
		return p.reset(c.Streams)
	case "shutdown":
		return p.end("shutdown", func(a *sctp.Association) error {
			ctx, cancel := context.WithTimeout(context.Background(), shutdownGrace)
			defer cancel()
			return a.Shutdown(ctx)
		})
	case "abort":
		return p.end("abort", func(a *sctp.Association) error {
			a.Abort("told to")
			return nil
		})
	default:
		return errors.New("there is no such command")
	}
	return nil
}

func (p *peer) stream(c *command) (*sctp.Stream, sctp.PayloadProtocolIdentifier, error) {
	ppid := sctp.PayloadTypeWebRTCBinary
	if c.PPID != nil {
		ppid = sctp.PayloadProtocolIdentifier(*c.PPID)
	}
	p.mutex.Lock()
	a, s := p.association, p.streams[c.Stream]
	p.mutex.Unlock()
	if a == nil {
		return nil, ppid, errNoAssociation
	}
	if s == nil {
		opened, err := a.OpenStream(c.Stream, ppid)
		if err != nil {
			return nil, ppid, err
		}
		s = opened
		p.adopt(s)
	}
	switch {
	case c.MaxRetransmits != nil:
		s.SetReliabilityParams(c.Unordered, sctp.ReliabilityTypeRexmit, *c.MaxRetransmits)
	case c.LifetimeMs != nil:
		s.SetReliabilityParams(c.Unordered, sctp.ReliabilityTypeTimed, *c.LifetimeMs)
	default:
		s.SetReliabilityParams(c.Unordered, sctp.ReliabilityTypeReliable, 0)
	}
	return s, ppid, nil
}

// pattern is what a message that is sent by its size consists of.
func pattern(size int) []byte {
	message := make([]byte, size)
	for i := range message {
		message[i] = byte(i + 7*(i>>8))
	}
	return message
}

func (p *peer) send(c *command) error {
	message := pattern(c.Size)
	if c.Hex != nil {
		decoded, err := hex.DecodeString(*c.Hex)
		if err != nil {
			return err
		}
		message = decoded
	}
	s, ppid, err := p.stream(c)
	if err != nil {
		return err
	}
	return p.write(s, message, ppid)
}

// bulk sends many messages of one size; the stream tells when there is room again.
func (p *peer) bulk(c *command) error {
	s, ppid, err := p.stream(c)
	if err != nil {
		return err
	}
	low := make(chan struct{}, 1)
	s.SetBufferedAmountLowThreshold(lowWater)
	s.OnBufferedAmountLow(func() {
		select {
		case low <- struct{}{}:
		default:
		}
	})
	message, begun := pattern(c.Size), time.Now()
	go func() {
		var sent int64
		for sent < c.Total {
			if err := p.write(s, message, ppid); err != nil {
				p.out.fail("bulk", err)
				return
			}
			sent += int64(len(message))
			for s.BufferedAmount() > highWater {
				select {
				case <-low:
				case <-time.After(time.Second): // the event may have come before the last write
				}
			}
		}
		p.out.event("bulkdone", fields{"stream": c.Stream, "bytes": sent, "ms": time.Since(begun).Milliseconds()})
	}()
	return nil
}

func (p *peer) reset(streams []uint16) error {
	for _, id := range streams {
		p.mutex.Lock()
		s := p.streams[id]
		delete(p.streams, id)
		p.mutex.Unlock()
		if s == nil {
			return fmt.Errorf("stream %d has not been used", id)
		}
		if err := s.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (p *peer) end(cause string, how func(*sctp.Association) error) error {
	p.mutex.Lock()
	a := p.association
	if a != nil {
		p.ending = cause
	}
	p.mutex.Unlock()
	if a == nil {
		return errNoAssociation
	}
	go func() {
		if err := how(a); err != nil {
			p.out.fail(cause, err)
		}
	}()
	return nil
}

func (p *peer) stats() {
	p.out.event("stats", fields{
		"sentBytes": p.sentBytes.Load(), "sentMessages": p.sentMessages.Load(),
		"receivedBytes": p.receivedBytes.Load(), "receivedMessages": p.receivedMessages.Load(),
	})
}

func (p *peer) quit() {
	p.mutex.Lock()
	a := p.association
	p.ending = "abort"
	p.mutex.Unlock()
	if a != nil {
		a.Abort("quit")
	}
}
