package main

import (
	"errors"
	"time"

	"github.com/pion/datachannel"
	"github.com/pion/webrtc/v3"
)

// maxReceiveBytes bounds a message that is read; pion's descriptions promise 65536.
const maxReceiveBytes = 256 << 10

// drainCheck is how often drain looks, in case the low-water event fired before it began to wait.
const drainCheck = 10 * time.Millisecond

var errChannelClosed = errors.New("the channel closed")

// channel is an open data channel. One goroutine reads it and one writes it.
type channel struct {
	conn  *connection
	dc    *webrtc.DataChannel
	raw   datachannel.ReadWriteCloser
	high  uint64
	low   chan struct{}
	ended chan struct{}
}

func newChannel(c *connection, dc *webrtc.DataChannel, raw datachannel.ReadWriteCloser) *channel {
	ch := &channel{
		conn:  c,
		dc:    dc,
		raw:   raw,
		high:  c.peer.cfg.HighWater,
		low:   make(chan struct{}, 1),
		ended: make(chan struct{}),
	}
	dc.SetBufferedAmountLowThreshold(c.peer.cfg.LowWater)
	dc.OnBufferedAmountLow(func() {
		select {
		case ch.low <- struct{}{}:
		default: // one pending wake-up is enough
		}
	})
	return ch
}

// read calls take for every message until the channel ends. The bytes are valid during the call.
func (ch *channel) read(take func(data []byte, isText bool)) {
	defer close(ch.ended)
	buffer := make([]byte, maxReceiveBytes)
	for {
		n, isText, err := ch.raw.ReadDataChannel(buffer)
		if err != nil {
			return
		}
		take(buffer[:n], isText)
	}
}

// send waits for room and sends.
func (ch *channel) send(data []byte, isText bool) error {
	for ch.dc.BufferedAmount() > ch.high {
		select {
		case <-ch.low:
		case <-ch.ended:
			return errChannelClosed
		}
	}
	_, err := ch.raw.WriteDataChannel(data, isText)
	return err
}

// drain waits until everything sent has been acknowledged or given up.
func (ch *channel) drain() error {
	check := time.NewTicker(drainCheck)
	defer check.Stop()
	for ch.dc.BufferedAmount() > 0 {
		select {
		case <-check.C:
		case <-ch.ended:
			return errChannelClosed
		}
	}
	return nil
}
