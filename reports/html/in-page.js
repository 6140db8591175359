/**
 * Runs in the report itself, which works without it: copies commands, narrows the list of all cases by words and by
 * verdict, opens what a link within the page leads to, and shows the history of a case. It reads nothing but the page's own text.
 */
for (const button of document.querySelectorAll("button.copy")) button.removeAttribute("hidden");
document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button.copy") : null;
  const command = button?.parentElement?.querySelector(".command");
  if (button === null || command === null || command === undefined) return;
  // Without access to the clipboard, the selected command can be copied by hand.
  getSelection()?.selectAllChildren(command);
  const byHand = () => void (button.textContent = "press Ctrl+C");
  if (!isSecureContext) {
    byHand();
    return;
  }
  navigator.clipboard.writeText(command.textContent).then(() => void (button.textContent = "copied"), byHand);
});

const form = document.querySelector(".filter");
const field = form?.querySelector("input[type=search]");
const answer = form?.querySelector("[role=status]");
if (
  form instanceof HTMLElement &&
  field instanceof HTMLInputElement &&
  answer !== null &&
  answer !== undefined
) {
  const boxes = Array.from(form.querySelectorAll("input")).filter(({ type }) => type === "checkbox");
  const folders = Array.from(document.querySelectorAll("details.folder")).map((folder) => ({
    folder,
    wasOpen: folder.hasAttribute("open"),
    scenarios: Array.from(folder.querySelectorAll(".scenario")).map((scenario) => ({
      scenario,
      items: Array.from(scenario.querySelectorAll("li")).map((item) => ({
        item,
        kind: item.className,
        text: `${scenario.querySelector("h3")?.textContent ?? ""} ${item.textContent}`.toLowerCase(),
      })),
    })),
  }));
  let narrowed = false;

  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const active = words.length > 0 || kinds.length !== boxes.length;
    let shown = 0;
    let all = 0;
    for (const { folder, scenarios, wasOpen } of folders) {
      let inFolder = 0;
      for (const { scenario, items } of scenarios) {
        let here = 0;
        for (const { item, kind, text } of items) {
          const fits = kinds.includes(kind) && words.every((word) => text.includes(word));
          item.toggleAttribute("hidden", !fits);
          here += fits ? 1 : 0;
        }
        scenario.toggleAttribute("hidden", here === 0);
        inFolder += here;
        all += items.length;
      }
      folder.toggleAttribute("hidden", inFolder === 0);
      if (active) folder.toggleAttribute("open", inFolder > 0);
      else if (narrowed) folder.toggleAttribute("open", wasOpen);
      shown += inFolder;
    }
    narrowed = active;
    answer.textContent = active ? `${shown} of ${all} cases shown` : "";
  };

  /** Opens everything that hides the target of a link, and shows the history of a case. */
  const reveal = async () => {
    const target = document.querySelector(":target");
    if (target === null) return;
    if (target.closest("[hidden]") !== null) {
      field.value = "";
      for (const box of boxes) box.checked = true;
      narrow();
    }
    const isHidden = target.closest("details:not([open])") !== null;
    for (let place = /** @type {Element | null} */ (target); place !== null; place = place.parentElement)
      if (place instanceof HTMLDetailsElement) place.open = true;
    const isCase = await showHistory(target);
    if (isHidden || isCase || narrowed) target.scrollIntoView();
  };

  form.addEventListener("input", narrow);
  window.addEventListener("hashchange", () => void reveal());
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a") : null;
    // A second click on the same link changes no hash.
    if (link !== null && link.hash !== "" && link.hash === location.hash) void reveal();
  });
  form.hidden = false;
  for (const hint of document.querySelectorAll(".hint")) hint.removeAttribute("hidden");
  // A browser that goes back may have kept what was typed.
  narrow();
  window.addEventListener("load", () => void reveal());
}

/**
 * @typedef {string | { readonly value: string, readonly cutFrom?: number, readonly isCode?: true }} Part
 * @typedef {{ readonly at: string, readonly actor: string, readonly mark?: string, readonly says: readonly Part[] }} PackedEvent
 */

/** @type {Promise<ReadonlyMap<string, readonly PackedEvent[]>> | undefined} */
let unpacked;

/**
 * Unpacks the histories of all cases, by element id.
 * @returns {Promise<ReadonlyMap<string, readonly PackedEvent[]>>}
 */
async function unpack() {
  const chunks = Array.from(document.querySelectorAll("template"), async ({ innerHTML }) => {
    const bytes = Uint8Array.from(atob(innerHTML), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    /** @type {unknown} */
    const histories = JSON.parse(await new Response(stream).text());
    return Object.entries(/** @type {Record<string, readonly PackedEvent[]>} */ (histories));
  });
  return new Map((await Promise.all(chunks)).flat());
}

/**
 * Shows the history of a case below its element.
 * @param {Element} target
 * @returns {Promise<boolean>} false for an element that is no case with a history in the page
 */
async function showHistory(target) {
  const there = target.querySelector("details.timeline");
  if (there !== null) return there.toggleAttribute("open", true);
  unpacked ??= unpack();
  const events = (await unpacked).get(target.id);
  if (events === undefined) return false;
  target.append(historyOf(events));
  return true;
}

/**
 * Renders a history like the timelines in the page. Strings of the record become text, never markup.
 * @param {readonly PackedEvent[]} events
 */
function historyOf(events) {
  const table = element("table");
  for (const { at, actor, mark, says } of events) {
    const [time, who, what] = [element("td", { class: "number" }), element("td"), element("td")];
    time.append(at);
    who.append(filled("bdi", actor));
    if (mark !== undefined) what.append(filled("b", mark, { class: "mark" }));
    for (const part of says) {
      if (typeof part === "string") what.append(part);
      else what.append(filled(part.isCode ? "code" : "bdi", part.value, part.isCode ? { dir: "auto" } : {}));
      if (typeof part !== "string" && part.cutFrom !== undefined)
        what.append(filled("small", ` … [cut: ${part.cutFrom} characters in all]`, { class: "cut" }));
    }
    const row = element("tr", mark === undefined ? {} : { class: mark });
    row.append(time, who, what);
    table.append(row);
  }
  const details = element("details", { class: "timeline", open: "" });
  details.append(filled("summary", `History, ${events.length} events`), table);
  return details;
}

/**
 * @param {string} name
 * @param {Readonly<Record<string, string>>} attributes
 */
function element(name, attributes = {}) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

/**
 * @param {string} name
 * @param {string} text
 * @param {Readonly<Record<string, string>>} attributes
 */
function filled(name, text, attributes = {}) {
  const made = element(name, attributes);
  made.append(text);
  return made;
}
