// A small line plot on a canvas, sharp on any display, redrawn with the newest value at the right.

const MARGIN = 6;
const LABEL = 46;
const DOT = 3;

export class Plot {
  #canvas;
  #series;
  #unit;
  #least;
  #last = [[], 1];

  // least: what the scale reaches at any rate.
  constructor(canvas, series, unit, least = 0.01) {
    this.#canvas = canvas;
    this.#series = series;
    this.#unit = unit;
    this.#least = least;
    canvas.style.height = `${canvas.dataset.height}px`;
    new ResizeObserver(() => this.draw(...this.#last)).observe(canvas);
  }

  draw(values, capacity) {
    this.#last = [values, capacity];
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    const scale = devicePixelRatio;
    this.#canvas.width = width * scale;
    this.#canvas.height = height * scale;
    const g = this.#canvas.getContext("2d");
    g.scale(scale, scale);
    // A custom property is not resolved by itself; a colour that uses it is.
    const color = (name) => {
      this.#canvas.style.color = `var(${name})`;
      return getComputedStyle(this.#canvas).color;
    };
    const top = this.#round(Math.max(...values.flat(), this.#least));
    const y = (value) => height - MARGIN - (value / top) * (height - 2 * MARGIN);
    g.font = "11px system-ui, sans-serif";
    g.lineWidth = 1;
    for (const mark of [0, top / 2, top]) {
      g.strokeStyle = color("--line");
      g.beginPath();
      g.moveTo(LABEL, y(mark));
      g.lineTo(width, y(mark));
      g.stroke();
      g.fillStyle = color("--faint");
      g.textBaseline = mark === top ? "top" : mark === 0 ? "bottom" : "middle";
      g.fillText(mark === top ? `${mark} ${this.#unit}` : mark, MARGIN, y(mark), LABEL - MARGIN);
    }
    values.forEach((line, which) => {
      const right = width - DOT;
      const step = (right - LABEL) / (capacity - 1);
      g.strokeStyle = color(this.#series[which].color);
      g.lineWidth = 1.8;
      g.lineJoin = "round";
      g.beginPath();
      line.forEach((value, at) => g.lineTo(right - (line.length - 1 - at) * step, y(value)));
      g.stroke();
      if (line.length > 0) {
        // A dot at the newest, which is all there is to see of the first.
        g.fillStyle = g.strokeStyle;
        g.beginPath();
        g.arc(right, y(line.at(-1)), DOT - 0.5, 0, 2 * Math.PI);
        g.fill();
      }
    });
  }

  // The next of 1, 2, 5 times a power of ten.
  #round(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
  }
}
