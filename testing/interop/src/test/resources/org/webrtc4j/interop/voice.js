// The page's side of a call with a program that speaks: what is heard as samples, what is seen as numbers, and a voice to answer.

const voice = {
  heard: [],
  sampleRate: 48000,
  lastLoud: 0,

  /** Listens to a track sample by sample, as it is played. */
  async listen(track) {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    for (;;) {
      const { value: data, done } = await reader.read();
      if (done) {
        return;
      }
      const samples = new Float32Array(data.numberOfFrames);
      data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      voice.sampleRate = data.sampleRate;
      voice.heard.push(...samples);
      if (samples.some((sample) => Math.abs(sample) > 0.02)) {
        voice.lastLoud = Date.now();
      }
      data.close();
    }
  },

  /** How strong a frequency is in a piece of sound: the filter of Goertzel. */
  strength(samples, frequency) {
    const omega = (2 * Math.PI * frequency) / voice.sampleRate;
    let before = 0;
    let last = 0;
    samples.forEach((sample, i) => {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length);
      [before, last] = [last, sample * window + 2 * Math.cos(omega) * last - before];
    });
    const power = last * last + before * before - 2 * Math.cos(omega) * last * before;
    return (4 * Math.sqrt(Math.max(0, power))) / samples.length;
  },

  /** Waits for a whole second in which one frequency is so strong; tells that of others in it, and which second it was. */
  async second(frequency, least, others) {
    for (let count = 1; count <= 30; count++) {
      voice.heard = [];
      while (voice.heard.length < voice.sampleRate) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const samples = voice.heard.slice(0, voice.sampleRate);
      const strength = voice.strength(samples, frequency);
      if (strength >= least || count === 30) {
        return { count, strength, others: others.map((other) => voice.strength(samples, other)) };
      }
    }
  },

  /** Waits until there has been no sound for a while, and tells when the last was heard, in milliseconds since 1970. */
  async silence() {
    while (Date.now() - voice.lastLoud < 500) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return voice.lastLoud;
  },

  /** How much of what was heard is sound, in pieces of 10 ms. */
  loudMillis() {
    const piece = voice.sampleRate / 100;
    let loud = 0;
    for (let at = 0; at + piece <= voice.heard.length; at += piece) {
      loud += voice.heard.slice(at, at + piece).some((sample) => Math.abs(sample) > 0.02) ? 10 : 0;
    }
    return loud;
  },

  /** Waits until so much sound was heard. */
  async loud(millis) {
    while (voice.loudMillis() < millis) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },

  /** A track with one tone. */
  async tone(frequency) {
    const context = new AudioContext();
    await context.resume();
    const oscillator = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0.25 });
    const destination = new MediaStreamAudioDestinationNode(context);
    oscillator.connect(gain).connect(destination);
    oscillator.start();
    return destination.stream.getAudioTracks()[0];
  },

  /** The number of a picture of colour bars: a row of squares at the top, white and black, 24 bits and their opposites. */
  number(video) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    if (canvas.width === 0) {
      return -1;
    }
    const context = canvas.getContext("2d");
    context.drawImage(video, 0, 0);
    const bit = (square) => {
      const x = Math.floor(((square + 0.5) * canvas.width) / 50);
      return context.getImageData(x, Math.floor(canvas.height / 24), 1, 1).data[1] > 128 ? 1 : 0;
    };
    if (bit(0) !== 1 || bit(1) !== 0) {
      return -1;
    }
    let number = 0;
    for (let i = 0; i < 24; i++) {
      if (bit(2 + i) === bit(26 + i)) {
        return -1;
      }
      number = number * 2 + bit(2 + i);
    }
    return number;
  },

  /** Reads so many different numbers from a playing video, one after the other. */
  async numbers(video, count) {
    const seen = [];
    while (seen.length < count) {
      const number = voice.number(video);
      if (number >= 0 && number !== seen.at(-1)) {
        seen.push(number);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return seen;
  },
};

globalThis.voice = voice;
