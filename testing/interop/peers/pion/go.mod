module webrtc4j.org/pion-peer

go 1.19

require (
	github.com/pion/datachannel v1.5.5
	github.com/pion/ice/v2 v2.3.1
	github.com/pion/interceptor v0.1.12
	github.com/pion/logging v0.2.2
	github.com/pion/rtp v1.7.13
	github.com/pion/webrtc/v3 v3.1.56
)
