// Writing a form: line numbers, indentation, the way to a mistake, what was typed and not yet saved. The page works without it.

const form = document.getElementById("edytor");
const area = document.getElementById("tekst");
const box = document.getElementById("kod");
const numbers = document.getElementById("numery");
const frame = document.getElementById("ramka");
const live = document.getElementById("live");
const STEP = "  ";
const KEPT = `nabor-editor:${form.dataset.slug}`; // in this tab only, until it is saved

/** The box is as large as the text: then numbers and lines scroll together. */
function lay() {
  const lines = area.value.split("\n");
  area.rows = lines.length;
  area.cols = lines.reduce((most, line) => Math.max(most, line.length), 20) + 1;
  while (numbers.childElementCount > lines.length) numbers.lastElementChild.remove();
  for (let n = numbers.childElementCount + 1; n <= lines.length; n++) {
    const number = document.createElement("span");
    Object.assign(number, { id: `w${n}`, textContent: n });
    numbers.append(number);
  }
}

/** Typing by the program, so that „undo” takes it back. */
function type(text) {
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const lineStart = (at) => area.value.lastIndexOf("\n", at - 1) + 1;

/** One step further in, or out, for every line of the selection. */
function indent(out) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  if (!out && from === to) return type(STEP);
  const start = lineStart(from);
  const after = value.indexOf("\n", Math.max(start, to - (to > from ? 1 : 0)));
  const end = after < 0 ? value.length : after;
  const lines = value.slice(start, end).split("\n");
  const moved = lines.map((line) => (out ? line.replace(/^ {1,2}/, "") : line && STEP + line));
  if (moved.join("\n") === lines.join("\n")) return;
  area.setSelectionRange(start, end);
  type(moved.join("\n"));
  const first = moved[0].length - lines[0].length;
  const all = moved.join("").length - lines.join("").length;
  area.setSelectionRange(Math.max(start, from + first), from === to ? Math.max(start, to + first) : to + all);
}

/** A new line begins where this one does; beneath a key one step further in, beneath `- key:` in line with the key. */
function newLine() {
  const line = area.value.slice(lineStart(area.selectionStart), area.selectionStart);
  const [, space, dash, rest] = /^( *)(- +)?(.*)$/.exec(line);
  const inside = dash && /^[\w"']+: ?/.test(rest) ? space + " ".repeat(dash.length) : space;
  type(`\n${/:\s*[|>]?[+-]?\s*$/.test(rest) ? inside + STEP : inside}`);
}

let free = false; // after Esc, Tab leaves the editor
area.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape") {
    free = true;
    live.textContent = area.dataset.free;
    return;
  }
  if (event.key === "Tab" && !free) {
    event.preventDefault();
    indent(event.shiftKey);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    newLine();
  }
  if (event.key !== "Shift" && event.key !== "Tab") free = false;
});
area.addEventListener("blur", () => (free = false));

/** The caret to a place of the text (line and column count from 1, columns whole characters), and the place into view. */
function jump({ line, column, end }) {
  const lines = area.value.split("\n");
  const at = Math.min(Number(line), lines.length) - 1;
  const start = lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0);
  const units = (count) => [...lines[at]].slice(0, count - 1).join("").length;
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start + units(Number(column)), start + units(Number(end)));
  box.scrollIntoView({ block: "nearest" });
  box.scrollTop = at * height - box.clientHeight / 2;
  box.scrollLeft = Math.max(0, (area.scrollWidth / area.cols) * Number(column) - box.clientWidth / 2);
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-line]");
  if (!link) return;
  event.preventDefault();
  jump(link.dataset);
});

/** The lines with mistakes are marked at their numbers. */
function mark() {
  for (const number of numbers.querySelectorAll("[class]")) number.removeAttribute("class");
  for (const link of document.querySelectorAll("#sprawdzone a[data-line]")) {
    const wrong = link.closest(".problem").querySelector(".tag--bad");
    document.getElementById(`w${link.dataset.line}`)?.classList.add(wrong ? "is-wrong" : "is-warned");
  }
}

/** The preview of what was just checked, at the place to which it was scrolled; with mistakes the last good one stays. */
function preview(url) {
  if (!url || url === frame.getAttribute("data-shown")) return;
  const place = frame.contentWindow?.scrollY ?? 0;
  frame.setAttribute("data-shown", url);
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, place), { once: true });
  document.getElementById("podglad").hidden = false;
  document.getElementById("bez-podgladu").hidden = true;
  frame.contentWindow.location.replace(url);
}

let told = document.getElementById("wynik").textContent;
let sending = area.value;
document.addEventListener("htmx:beforeRequest", ({ target }) => target === area && (sending = area.value));
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "sprawdzone") return;
  const result = document.getElementById("wynik");
  mark();
  preview(result.dataset.preview);
  if (result.textContent !== told) live.textContent = told = result.textContent; // said once, not after each pause
  if (!("unsaved" in result.dataset) && sending === area.value) sessionStorage.removeItem(KEPT);
});
const revision = () => form.elements.wydanie;
area.addEventListener("input", () => {
  lay();
  sessionStorage.setItem(KEPT, JSON.stringify({ text: area.value, revision: revision().value, base: form.elements.poczatek.value }));
});
form.addEventListener("submit", () => {
  const kept = sessionStorage.getItem(KEPT); // a session that has ended saves nothing and leads to signing in
  if (kept) sessionStorage.setItem(KEPT, JSON.stringify({ ...JSON.parse(kept), sent: true }));
});

/** What a closed session or a crash kept from being saved comes back. */
function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  const arrived = kept?.sent && (kept.revision !== revision().value || kept.base !== form.elements.poczatek.value);
  if (!kept || arrived || kept.text === area.value) return sessionStorage.removeItem(KEPT);
  area.value = kept.text;
  revision().value = kept.revision;
  form.elements.poczatek.value = kept.base;
  document.getElementById("odzyskano").hidden = false;
  addEventListener("load", () => area.dispatchEvent(new Event("restored")));
}

frame.setAttribute("data-shown", frame.getAttribute("src") ?? "");
restore();
lay();
mark();
