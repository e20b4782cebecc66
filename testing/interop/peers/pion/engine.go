package main

import (
	"fmt"
	"net"
	"os"

	"github.com/pion/ice/v2"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v3"
)

// newAPI builds pion's API object as the configuration asks.
func newAPI(cfg *config) (*webrtc.API, error) {
	s := webrtc.SettingEngine{}
	// pion's own read loop cannot take a message of 65536 bytes, which its descriptions allow; detached channels can.
	s.DetachDataChannels()
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetLite(cfg.Lite)
	// Trickled candidates are often overtaken by the checks they announce. pion then knows the address as
	// peer-reflexive and would by default wait a second before it nominates the pair.
	s.SetPrflxAcceptanceMinWait(0)
	s.LoggerFactory = logToStandardError()
	bindTo(&s, cfg.Bind)
	if err := chooseRole(&s, cfg.DTLSRole); err != nil {
		return nil, err
	}
	if cfg.Scenario == "scale" && cfg.Role == answerer {
		if err := shareOnePort(&s, cfg.Bind); err != nil {
			return nil, err
		}
	}
	options := []func(*webrtc.API){webrtc.WithSettingEngine(s)}
	if cfg.Scenario == "media" {
		more, err := withMedia()
		if err != nil {
			return nil, err
		}
		options = append(options, more...)
	}
	return webrtc.NewAPI(options...), nil
}

// logToStandardError keeps pion's log, which goes to standard output by default, out of the protocol. The level
// is taken from PION_LOG_ERROR, PION_LOG_DEBUG and so on, as in every program that uses pion.
func logToStandardError() *logging.DefaultLoggerFactory {
	f := logging.NewDefaultLoggerFactory()
	f.Writer = os.Stderr
	return f
}

func bindTo(s *webrtc.SettingEngine, bind string) {
	if bind == "" {
		s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6})
		return
	}
	ip := net.ParseIP(bind)
	s.SetIncludeLoopbackCandidate(ip.IsLoopback())
	s.SetIPFilter(ip.Equal)
	if ip.To4() != nil {
		s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	} else {
		s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP6})
	}
}

func chooseRole(s *webrtc.SettingEngine, role string) error {
	switch role {
	case "":
		return nil
	case "active":
		return s.SetAnsweringDTLSRole(webrtc.DTLSRoleClient)
	case "passive":
		return s.SetAnsweringDTLSRole(webrtc.DTLSRoleServer)
	default:
		return fmt.Errorf("dtlsRole %q is neither active nor passive", role)
	}
}

// shareOnePort puts every connection on one UDP socket, told apart by ufrag and remote address.
func shareOnePort(s *webrtc.SettingEngine, bind string) error {
	socket, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP(bind)})
	if err != nil {
		return err
	}
	s.SetICEUDPMux(webrtc.NewICEUDPMux(nil, socket))
	return nil
}

func (c *config) connectionConfig() webrtc.Configuration {
	var rtc webrtc.Configuration
	for _, s := range c.ICEServers {
		rtc.ICEServers = append(rtc.ICEServers, webrtc.ICEServer{
			URLs: s.URLs, Username: s.Username, Credential: s.Credential,
		})
	}
	if c.Relay {
		rtc.ICETransportPolicy = webrtc.ICETransportPolicyRelay
	}
	return rtc
}

func (c *config) channelInit() *webrtc.DataChannelInit {
	return &webrtc.DataChannelInit{
		Ordered:           &c.Ordered,
		MaxRetransmits:    c.MaxRetransmits,
		MaxPacketLifeTime: c.MaxPacketLifeTime,
	}
}
