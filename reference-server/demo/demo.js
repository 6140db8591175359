/** The demo page: the flow as a client sees it, with the real sockjs-client and stompjs. */

// Both libraries come as plain scripts, which leave their names in the global scope.
const globals = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (globalThis));
const SockJS = /** @type {typeof import("sockjs-client")} */ (globals["SockJS"]);
const StompJs = /** @type {typeof import("@stomp/stompjs")} */ (globals["StompJs"]);

/** How often a tab leaves a sign of life for the others. It bounds how exactly they know when it died. */
const signEveryMs = 100;
const settleMs = 250;

const tab = crypto.randomUUID();
/** @type {Map<string, { name: string, tab: string }>} everybody who is here, by ref */
const present = new Map();

/** @type {import("@stomp/stompjs").Client | null} */
let client = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let signs;

element("join").addEventListener("submit", (event) => {
  event.preventDefault();
  join(field("name").value.trim(), field("transport").value);
});
element("leave").addEventListener("click", () => {
  clearInterval(signs);
  leaveSign("left");
  void client?.deactivate();
});
addEventListener("pagehide", () => {
  if (client !== null) leaveSign("left");
});

/**
 * @param {string} name
 * @param {string} transport a name that SockJS knows; empty for the best that works
 */
function join(name, transport) {
  /** @type {import("sockjs-client").Options} */
  const options = transport === "" ? {} : { transports: transport };
  show("problem", false);
  const joining = new StompJs.Client({
    webSocketFactory: () => new SockJS("/connection", null, options),
    // A worker keeps time: browsers slow down the timers of tabs in the background.
    heartbeatStrategy: StompJs.TickerStrategy.Worker,
    heartbeatIncoming: 1000,
    heartbeatOutgoing: 1000,
    reconnectDelay: 0,
    onConnect() {
      joining.subscribe("/topic/", ({ body }) => hear(read(body)));
      joining.watchForReceipt("identified", () => {
        joined(name, transportOf(joining));
        joining.subscribe("/app/roster", ({ body }) => fillRoster(read(body)));
      });
      const body = JSON.stringify({ clientData: { name, tab } });
      joining.publish({ destination: "/ws", body, headers: { receipt: "identified" } });
    },
    onStompError: ({ headers }) => problem(`The server refused: ${headers["message"] ?? "no reason given"}.`),
    onWebSocketClose: () => gone(),
  });
  client = joining;
  joining.activate();
}

/** @param {string} name @param {string} transport */
function joined(name, transport) {
  clearInterval(signs);
  signs = setInterval(() => leaveSign("alive"), signEveryMs);
  leaveSign("alive");
  element("my-name").textContent = name;
  element("my-session").textContent = `over ${transport}`;
  paint(element("my-avatar"), name);
  show("join", false);
  show("me", true);
  show("room", true);
}

function gone() {
  if (client === null) return;
  client = null;
  clearInterval(signs);
  present.clear();
  showPresent();
  show("me", false);
  show("join", true);
  if (element("problem").hidden) problem("You are disconnected. Join again to see the others.");
}

/**
 * A notice, `{event, ref, clientData, cause?}`.
 * @param {unknown} notice
 */
function hear(notice) {
  const { event, ref, clientData, cause } = fieldsOf(notice);
  const who = identityOf(clientData);
  if (event === "join") present.set(String(ref), who);
  else present.delete(String(ref));
  showPresent();
  if (event === "join") {
    tell(who.name, "joined", null);
    return;
  }
  const heardAtMs = Date.now();
  const words = tell(who.name, "left", String(cause));
  // What another tab stores as it closes can reach this one after the notice.
  setTimeout(() => words.append(noticedAfter(who.tab, heardAtMs)), settleMs);
}

/**
 * The roster, `[{ref, clientData}]`.
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
 * This page identifies with a name, and with its tab to tell namesakes apart. Others may identify with anything.
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
    (who) => item(who.name, who.tab === tab ? `${who.name} (you)` : who.name).line,
  );
  element("present").replaceChildren(...lines);
}

/**
 * @param {string} name
 * @param {string} what
 * @param {string | null} cause of a leave
 * @returns {HTMLElement} where the words stand
 */
function tell(name, what, cause) {
  const { line, words } = item(name, `${name} ${what}`);
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
function item(name, text) {
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
 * Tabs of one browser share a storage: there each says that it lives, and when it leaves.
 * @param {"alive" | "left"} what
 */
function leaveSign(what) {
  localStorage.setItem(`hangup ${tab}`, JSON.stringify({ what, atMs: Date.now() }));
}

/** @param {string} itsTab @param {number} heardAtMs */
function noticedAfter(itsTab, heardAtMs) {
  const sign = localStorage.getItem(`hangup ${itsTab}`);
  if (sign === null) return "";
  localStorage.removeItem(`hangup ${itsTab}`);
  const { what, atMs } = fieldsOf(read(sign));
  const tookMs = Math.max(heardAtMs - Number(atMs), 0);
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
