// The program's argument, with its defaults.

const DEFAULTS = {
  scenario: "echo",
  sizes: [0, 1, 100, 16384, 65536, 262144],
  rounds: 10,
  size: 16384,
  seconds: 10,
  ordered: true,
  maxRetransmits: null,
  maxPacketLifeTime: null,
  highWater: 4194304,
  lowWater: 1048576,
  gapMs: 0,
  iceServers: [],
  relay: false,
  bind: null,
};

export function readConfig(text) {
  const config = { ...DEFAULTS, ...JSON.parse(text) };
  if (config.role !== "offerer" && config.role !== "answerer") {
    throw new Error(`role ${config.role} is neither offerer nor answerer`);
  }
  if (config.maxRetransmits !== null && config.maxPacketLifeTime !== null) {
    throw new Error("maxRetransmits and maxPacketLifeTime exclude each other");
  }
  return config;
}
