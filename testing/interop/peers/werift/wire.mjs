// The lines this program says.

export function say(type, id, fields = {}) {
  process.stdout.write(`${JSON.stringify({ type, id, ...fields })}\n`);
}

export function event(id, name, fields = {}) {
  say("event", id, { name, ...fields });
}

export function fail(id, problem) {
  event(id, "error", { message: problem?.message ?? String(problem) });
}
