/** Demo page: a client of the flow, with sockjs-client and stompjs. */

// Both libraries are plain scripts that define global variables.
const globals = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));
const SockJS = /** @type {typeof import("sockjs-client")} */ (globals["SockJS"]);
const StompJs = /** @type {typeof import("@stomp/stompjs")} */ (globals["StompJs"]);

/** Interval at which a tab stores its timestamp for the other tabs. It limits the precision of "noticed in". */
const timestampIntervalMs = 100;
const settleMs = 250;

const tab = crypto.randomUUID();
/** @type {Map<string, { name: string, tab: string }>} present clients by ref */
const present = new Map();

/** @type {import("@stomp/stompjs").Client | null} */
let client = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let timestamps;

element("join").addEventListener("submit", (event) => {
  event.preventDefault();
  join(field("name").value.trim(), field("transport").value);
});
element("leave").addEventListener("click", () => {
  clearInterval(timestamps);
  storeTimestamp("left");
  void client?.deactivate();
});
addEventListener("pagehide", () => {
  if (client !== null) storeTimestamp("left");
});

/**
 * @param {string} name
 * @param {string} transport SockJS name of the transport; empty for the best available one
 */
function join(name, transport) {
  /** @type {import("sockjs-client").Options} */
  const options = transport === "" ? {} : { transports: transport };
  show("problem", false);
  const joining = new StompJs.Client({
    webSocketFactory: () => new SockJS("/connection", null, options),
    // Browsers slow down the timers of background tabs, but not those of workers.
    heartbeatStrategy: StompJs.TickerStrategy.Worker,
    heartbeatIncoming: 1000,
    heartbeatOutgoing: 1000,
    reconnectDelay: 0,
    onConnect() {
      joining.subscribe("/topic/", ({ body }) => onNotice(read(body)));
      joining.watchForReceipt("identified", () => {
        joined(name, transportOf(joining));
        joining.subscribe("/app/roster", ({ body }) => fillRoster(read(body)));
      });
      const body = JSON.stringify({ clientData: { name, tab } });
      joining.publish({ destination: "/ws", body, headers: { receipt: "identified" } });
    },
    onStompError: ({ headers }) => problem(`The server refused: ${headers["message"] ?? "no reason given"}.`),
    onWebSocketClose: () => disconnected(),
  });
  client = joining;
  joining.activate();
}

/** @param {string} name @param {string} transport */
function joined(name, transport) {
  clearInterval(timestamps);
  timestamps = setInterval(() => storeTimestamp("alive"), timestampIntervalMs);
  storeTimestamp("alive");
  element("my-name").textContent = name;
  element("my-session").textContent = `over ${transport}`;
  paint(element("my-avatar"), name);
  show("join", false);
  show("me", true);
  show("room", true);
}

function disconnected() {
  if (client === null) return;
  client = null;
  clearInterval(timestamps);
  present.clear();
  showPresent();
  show("me", false);
  show("join", true);
  if (element("problem").hidden) problem("You are disconnected. Join again to see the others.");
}

/**
 * Handles a notice, `{event, ref, clientData, cause?}`.
 * @param {unknown} notice
 */
function onNotice(notice) {
  const { event, ref, clientData, cause } = fieldsOf(notice);
  const who = identityOf(clientData);
  if (event === "join") present.set(String(ref), who);
  else present.delete(String(ref));
  showPresent();
  if (event === "join") {
    addNews(who.name, "joined", null);
    return;
  }
  const receivedAtMs = Date.now();
  const words = addNews(who.name, "left", String(cause));
  // The timestamp of a closing tab may arrive after the notice.
  setTimeout(() => words.append(noticedAfter(who.tab, receivedAtMs)), settleMs);
}

/**
 * Handles the roster, `[{ref, clientData}]`.
 * @param {unknown} roster
 */
function fillRoster(roster) {
  for (const line of Object.values(fieldsOf(roster))) {
    const { ref, clientData } = fieldsOf(line);
    present.set(String(ref), identityOf(clientData));
  }
  showPresent();
}

/**
 * Returns name and tab from client data. This page sends both; other clients may send any data.
 * @param {unknown} clientData
 */
function identityOf(clientData) {
  const { name, tab: itsTab } = fieldsOf(clientData);
  const shown = typeof name === "string" ? name : typeof clientData === "string" ? clientData : "somebody";
  return { name: shown, tab: typeof itsTab === "string" ? itsTab : "" };
}

/**
 * @param {string} json
 * @returns {unknown}
 */
function read(json) {
  return JSON.parse(json);
}

/**
 * @param {unknown} value
 * @returns {Partial<Record<string, unknown>>}
 */
function fieldsOf(value) {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function showPresent() {
  const lines = [...present.values()].map(
    (who) => newsItem(who.name, who.tab === tab ? `${who.name} (you)` : who.name).line,
  );
  element("present").replaceChildren(...lines);
}

/**
 * @param {string} name
 * @param {string} what
 * @param {string | null} cause of a leave
 * @returns {HTMLElement} element with the text
 */
function addNews(name, what, cause) {
  const { line, words } = newsItem(name, `${name} ${what}`);
  if (cause !== null) {
    const mark = document.createElement("span");
    mark.className = "cause";
    mark.textContent = cause;
    line.append(mark);
    line.classList.add("left");
  }
  element("news").prepend(line);
  show("nothing", false);
  return words;
}

/** @param {string} name @param {string} text */
function newsItem(name, text) {
  const line = document.createElement("li");
  const avatar = document.createElement("span");
  avatar.className = "avatar";
  paint(avatar, name);
  const words = document.createElement("span");
  words.textContent = text;
  line.append(avatar, words);
  return { line, words };
}

/** @param {HTMLElement} avatar @param {string} name */
function paint(avatar, name) {
  const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  const hue = letters.reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) * 47;
  avatar.style.setProperty("--hue", String(hue % 360));
  avatar.textContent = letters[0]?.toUpperCase() ?? "?";
  avatar.setAttribute("aria-hidden", "true");
}

/**
 * Stores a timestamp for the other tabs of this browser, which share the local storage.
 * @param {"alive" | "left"} what
 */
function storeTimestamp(what) {
  localStorage.setItem(`hangup ${tab}`, JSON.stringify({ what, atMs: Date.now() }));
}

/** @param {string} itsTab @param {number} receivedAtMs */
function noticedAfter(itsTab, receivedAtMs) {
  const stored = localStorage.getItem(`hangup ${itsTab}`);
  if (stored === null) return "";
  localStorage.removeItem(`hangup ${itsTab}`);
  const { what, atMs } = fieldsOf(read(stored));
  const tookMs = Math.max(receivedAtMs - Number(atMs), 0);
  const took = tookMs < 1000 ? `${tookMs} ms` : `${(tookMs / 1000).toFixed(1)} s`;
  return what === "left" ? `, noticed in ${took}` : `, noticed in at most ${took}`;
}

/** @param {import("@stomp/stompjs").Client} of */
function transportOf(of) {
  const { transport } = fieldsOf(of.webSocket);
  return typeof transport === "string" ? transport : "SockJS";
}

/** @param {string} text */
function problem(text) {
  element("problem").textContent = text;
  show("problem", true);
}

/** @param {string} id @param {boolean} isShown */
function show(id, isShown) {
  element(id).hidden = !isShown;
}

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {string} id */
function field(id) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (element(id));
}
