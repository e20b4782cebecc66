// What the browser knows of the connection: states, the selected candidate pair, statistics, and a log of what happened.

const SECTION = `
  <h2>Connection</h2>
  <dl class="facts" id="facts"></dl>
  <details>
    <summary>Statistics of this page</summary>
    <pre id="stats"></pre>
  </details>
  <details>
    <summary>What happened</summary>
    <ol id="log"></ol>
  </details>`;

export class Facts {
  #facts;
  #stats;
  #log;
  #pc;
  #began = performance.now();

  constructor(section) {
    section.innerHTML = SECTION;
    this.#facts = section.querySelector("#facts");
    this.#stats = section.querySelector("#stats");
    this.#log = section.querySelector("#log");
    setInterval(() => this.#refresh(), 1000);
    this.#show([["state", "not connected"]]);
  }

  watch(pc) {
    this.#pc = pc;
    this.#began = performance.now();
    pc.addEventListener("connectionstatechange", () => this.#refresh());
  }

  log(line) {
    const entry = document.createElement("li");
    entry.textContent = `${((performance.now() - this.#began) / 1000).toFixed(3)} s  ${line}`;
    this.#log.append(entry);
    while (this.#log.children.length > 300) {
      this.#log.firstChild.remove();
    }
  }

  async #refresh() {
    const pc = this.#pc;
    if (!pc || pc.signalingState === "closed") {
      return;
    }
    const report = await pc.getStats();
    const transport = [...report.values()].find(({ type }) => type === "transport");
    const pair = report.get(transport?.selectedCandidatePairId);
    const side = (id) => {
      const candidate = report.get(id);
      return candidate ? `${candidate.candidateType} ${candidate.protocol} ${candidate.address ?? "hidden"}:${candidate.port}` : "–";
    };
    this.#show([
      ["states", `connection ${pc.connectionState}, ice ${pc.iceConnectionState}, signalling ${pc.signalingState}`],
      ["dtls", transport?.dtlsState === "connected" ? `${transport.dtlsCipher} (${transport.dtlsRole})` : transport?.dtlsState ?? "–"],
      ["sctp", pc.sctp ? `${pc.sctp.state}, messages up to ${pc.sctp.maxMessageSize.toLocaleString()} bytes` : "–"],
      ["this page", pair ? side(pair.localCandidateId) : "–"],
      ["server", pair ? side(pair.remoteCandidateId) : "–"],
      ["round trip", pair?.currentRoundTripTime !== undefined ? `${(pair.currentRoundTripTime * 1000).toFixed(1)} ms (ICE)` : "–"],
      ["bytes", transport ? `${transport.bytesSent.toLocaleString()} sent, ${transport.bytesReceived.toLocaleString()} received` : "–"],
    ]);
    this.#stats.textContent = [...report.values()].map((entry) => JSON.stringify(entry, null, 1)).join("\n");
  }

  #show(rows) {
    this.#facts.replaceChildren(
      ...rows.flatMap(([name, value]) => {
        const term = document.createElement("dt");
        const definition = document.createElement("dd");
        term.textContent = name;
        // Names of cipher suites are long: they may break where a word of theirs ends.
        definition.append(...value.split(/(?<=_)/).flatMap((word) => [word, document.createElement("wbr")]));
        return [term, definition];
      }),
    );
  }
}
