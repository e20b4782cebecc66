// The browser's end of a test: runs what the test sends, and tells it what happens.

const post = (path, message) => fetch(path, { method: "POST", body: JSON.stringify(message) });

// Events leave one after the other, so that they arrive in the order in which they happened.
let posting = Promise.resolve();
const emit = (event) => {
  posting = posting.then(() => post("/event", event));
};

const AsyncFunction = (async () => {}).constructor;

new EventSource("/calls").onmessage = async ({ data }) => {
  const { id, script, args } = JSON.parse(data);
  try {
    const value = await new AsyncFunction("args", "emit", script)(args, emit);
    post("/result", { id, value: value === undefined ? null : value });
  } catch (error) {
    post("/result", { id, error: `${error.name}: ${error.message}` });
  }
};
