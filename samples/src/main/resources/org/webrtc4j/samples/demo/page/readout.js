// Reads back what the server's test pictures and tones say of themselves.

const BITS = 24;
const SQUARES = 2 + 2 * BITS;
const canvas = document.createElement("canvas");

// The number in the row of squares at the top of a picture: white and black, the bits, the bits inverted. -1: none.
export function readNumber(video) {
  const width = video.videoWidth;
  if (!width) {
    return -1;
  }
  canvas.width = width;
  canvas.height = 1;
  const g = canvas.getContext("2d", { willReadFrequently: true });
  g.drawImage(video, 0, 4, width, 1, 0, 0, width, 1);
  const row = g.getImageData(0, 0, width, 1).data;
  const white = (square) => {
    const middle = Math.floor((Math.floor((square * width) / SQUARES) + Math.floor(((square + 1) * width) / SQUARES)) / 2);
    return row[middle * 4 + 1] > 127;
  };
  if (!white(0) || white(1)) {
    return -1;
  }
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const one = white(2 + bit);
    if (one === white(2 + BITS + bit)) {
      return -1;
    }
    number = number * 2 + (one ? 1 : 0);
  }
  return number;
}

// The loudest frequency in Hz, or undefined when it is quiet.
export function strongestTone(analyser) {
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  return levels[loudest] > -60 ? (loudest * analyser.context.sampleRate) / analyser.fftSize : undefined;
}
