/**
 * Runs in the report itself, which works without it: copies commands, narrows the list of all cases by words and by
 * verdict, and opens what a link within the page leads to. It reads nothing but the page's own text.
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
    rows: Array.from(folder.querySelectorAll("tbody tr")).map((row) => ({
      row,
      text: row.textContent.toLowerCase(),
    })),
  }));
  let narrowed = false;

  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const active = words.length > 0 || kinds.length !== boxes.length;
    let shown = 0;
    let all = 0;
    for (const { folder, rows, wasOpen } of folders) {
      let here = 0;
      for (const { row, text } of rows) {
        const fits = kinds.includes(row.className) && words.every((word) => text.includes(word));
        row.toggleAttribute("hidden", !fits);
        here += fits ? 1 : 0;
      }
      folder.toggleAttribute("hidden", here === 0);
      if (active) folder.toggleAttribute("open", here > 0);
      else if (narrowed) folder.toggleAttribute("open", wasOpen);
      shown += here;
      all += rows.length;
    }
    narrowed = active;
    answer.textContent = active ? `${shown} of ${all} cases shown` : "";
  };

  /** Whatever hides the target of a link gives way to it. */
  const reveal = () => {
    const target = document.querySelector(":target");
    if (target === null) return;
    if (target.closest("[hidden]") !== null) {
      field.value = "";
      for (const box of boxes) box.checked = true;
      narrow();
    }
    const closed = target.closest("details:not([open])");
    if (closed === null && !narrowed) return;
    closed?.setAttribute("open", "");
    target.scrollIntoView();
  };

  form.addEventListener("input", narrow);
  window.addEventListener("hashchange", reveal);
  form.hidden = false;
  // A browser that goes back may have kept what was typed.
  narrow();
  window.addEventListener("load", reveal);
}
