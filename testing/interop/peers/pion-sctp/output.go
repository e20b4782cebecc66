package main

import (
	"encoding/json"
	"io"
	"sync"
)

type fields map[string]interface{}

// output writes whole lines, from any goroutine.
type output struct {
	mutex  sync.Mutex
	writer io.Writer
}

func (o *output) event(name string, more fields) {
	line := fields{"event": name}
	for key, value := range more {
		line[key] = value
	}
	text, err := json.Marshal(line)
	if err != nil {
		panic(err) // of numbers, texts and lists of them
	}
	o.mutex.Lock()
	defer o.mutex.Unlock()
	_, _ = o.writer.Write(append(text, '\n')) // nobody is left to be told of a broken pipe
}

func (o *output) fail(what string, err error) {
	o.event("error", fields{"message": what + ": " + err.Error()})
}
