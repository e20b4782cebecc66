package main

import (
	"net"
	"sync"
)

const socketBufferBytes = 4 << 20

// conn is a UDP socket as the connection that pion's association wants. Without a remote address it learns it from the
// first packet.
type conn struct {
	*net.UDPConn
	mutex  sync.Mutex
	remote *net.UDPAddr
}

func openConn(local, remote string) (*conn, error) {
	address, err := net.ResolveUDPAddr("udp", local)
	if err != nil {
		return nil, err
	}
	socket, err := net.ListenUDP("udp", address)
	if err != nil {
		return nil, err
	}
	c := &conn{UDPConn: socket}
	if remote != "" {
		if c.remote, err = net.ResolveUDPAddr("udp", remote); err != nil {
			return nil, err
		}
	}
	// What the system refuses here only costs packets.
	_ = socket.SetReadBuffer(socketBufferBytes)
	_ = socket.SetWriteBuffer(socketBufferBytes)
	return c, nil
}

func (c *conn) peer() *net.UDPAddr {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.remote
}

func (c *conn) Read(p []byte) (int, error) {
	n, from, err := c.UDPConn.ReadFromUDP(p)
	if err == nil {
		c.mutex.Lock()
		if c.remote == nil {
			c.remote = from
		}
		c.mutex.Unlock()
	}
	return n, err
}

func (c *conn) Write(p []byte) (int, error) {
	to := c.peer()
	if to == nil {
		return len(p), nil // nobody yet
	}
	n, err := c.UDPConn.WriteToUDP(p, to)
	if err != nil {
		return len(p), nil // an answer of ICMP is a loss like any other
	}
	return n, nil
}
