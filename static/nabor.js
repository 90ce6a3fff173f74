// What htmx does not cover: a select one can type into, counters, exclusive answers, copying, focus and announcements.
// Every page works without this file. Texts stand in <template id="words"> of the layout. Loaded as a module: no globals.

const words = new Map(
  [...(document.getElementById("words")?.content.children ?? [])].map((word) => [word.dataset.word, word.textContent]),
);
const plural = new Intl.PluralRules(document.documentElement.lang);

const TYPED_INTO = "input:not([type=hidden]), select:not([hidden]), textarea";

/** A text of the layout; with a number, the form that agrees with it, `{n}` replaced. */
function say(key, n) {
  if (n === undefined) return words.get(key) ?? "";
  const text = words.get(`${key}-${plural.select(n)}`) ?? words.get(`${key}-many`) ?? "";
  return text.replace("{n}", n);
}

/** Tells a screen reader, politely. */
function announce(text) {
  const live = document.getElementById("live");
  if (live) live.textContent = text;
}

/** Text as it is compared: small letters without diacritics, ł as l, hyphens and brackets as spaces. */
function fold(text) {
  return text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "").replace(/[\s()–-]+/g, " ").trim();
}

/** How well an option suits what was typed: 0 begins with it, 1 a word begins with it, 2 has it; -1 does not suit. */
function suits(text, typed) {
  if (!typed || text.startsWith(typed)) return 0;
  const parts = typed.split(" ");
  if (parts.every((part) => ` ${text}`.includes(` ${part}`))) return 1;
  return parts.every((part) => text.includes(part)) ? 2 : -1;
}

/** Makes select[data-autocomplete] a combobox (ARIA pattern: list autocomplete, manual selection). The select stays the
    control that is sent; the input takes over its id, so that the label and links of the error summary lead to it. */
function combobox(select) {
  const { id } = select;
  const focused = document.activeElement === select;
  const options = [...select.options]
    .filter((option) => option.value)
    .map(({ value, text }) => ({ value, text, folded: fold(text) }));
  const shown = () => (select.value ? select.selectedOptions[0].text : "");

  const input = document.createElement("input");
  const list = document.createElement("ul");
  const note = document.createElement("p");
  const box = document.createElement("div");
  box.className = "combobox";
  input.className = "input";
  Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false, value: shown() });
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list` };
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
    if (select.hasAttribute(name)) attributes[name] = select.getAttribute(name);
  }
  attributes["aria-describedby"] = `${attributes["aria-describedby"] ?? ""} ${id}-note`.trim();
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  list.className = "combobox__list";
  Object.assign(list, { id: `${id}-list`, hidden: true });
  note.className = "error combobox__note";
  Object.assign(note, { id: `${id}-note`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("results"));
  select.id = `${id}-select`;
  input.id = id;
  select.hidden = true;
  select.removeAttribute("data-autocomplete");
  box.append(input, list, note);
  select.after(box);
  if (focused) input.focus(); // htmx had put focus on the select that this replaces

  let active = -1;
  let pause;

  /** Why what was typed is not an answer yet; "" takes it away. It moves nothing: leaving may be a click on a button. */
  function remark(text) {
    note.textContent = text;
    note.hidden = !text;
    if (text) announce(text);
    if (text || attributes["aria-invalid"]) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function mark(index) {
    const items = list.querySelectorAll('[role="option"]');
    items[active]?.setAttribute("aria-selected", "false");
    active = index;
    items[active]?.setAttribute("aria-selected", "true");
    items[active]?.scrollIntoView({ block: "nearest" });
    if (items[active]) input.setAttribute("aria-activedescendant", items[active].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function suitable(typed) {
    const wanted = fold(typed);
    return options
      .map((option) => ({ option, rank: suits(option.folded, wanted) }))
      .filter(({ rank }) => rank >= 0)
      .sort((a, b) => a.rank - b.rank)
      .map(({ option }) => option);
  }

  function open(typed) {
    const found = suitable(typed);
    remark("");
    list.replaceChildren(
      ...found.map((option, index) => {
        const item = document.createElement("li");
        Object.assign(item, { id: `${id}-option-${index}`, className: "combobox__option", textContent: option.text });
        item.dataset.value = option.value;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        return item;
      }),
    );
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    clearTimeout(pause);
    pause = setTimeout(() => announce(found.length ? say("results", found.length) : say("results-none")), 600);
  }

  function close() {
    clearTimeout(pause);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function choose(value) {
    const changed = select.value !== value;
    select.value = value;
    input.value = shown();
    remark("");
    close();
    if (changed) select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** On leaving: what was typed counts when it can mean one option only; an emptied input takes the answer back. What can
      mean several, or none, stays to be finished; over an answer that is there it is forgotten. */
  function settle() {
    const wanted = fold(input.value);
    const found = suitable(input.value);
    const named = found.filter((option) => option.folded === wanted);
    const begun = found.filter((option) => suits(option.folded, wanted) < 2);
    if (!wanted) choose("");
    else if (input.value === shown()) close();
    else if (named.length === 1) choose(named[0].value);
    else if (begun.length === 1) choose(begun[0].value);
    else if (found.length === 1) choose(found[0].value);
    else {
      if (select.value) input.value = shown();
      else remark(say(found.length ? "results-choose" : "results-none"));
      close();
    }
  }

  function arrow(step) {
    if (list.hidden) open(input.value === shown() ? "" : input.value);
    const count = list.children.length;
    if (count) mark(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
  }

  input.addEventListener("input", () => open(input.value));
  input.addEventListener("click", () => (list.hidden ? open("") : close()));
  input.addEventListener("blur", settle);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") arrow(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && !list.hidden) {
      if (active >= 0) choose(list.children[active].dataset.value);
      else settle();
    } else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Escape") input.value = "";
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps focus in the input
  list.addEventListener("click", (event) => {
    const item = event.target.closest('[role="option"]');
    if (item) choose(item.dataset.value);
  });
  // Typing is not an answer yet: only the select's own change may reach htmx.
  for (const kind of ["input", "change"]) box.addEventListener(kind, (event) => event.stopPropagation());
}

/** Says how many characters remain in textarea[data-max]: to the eye at once, to a screen reader after a pause. */
function counter(area) {
  const text = document.createElement("p");
  text.className = "counter";
  text.setAttribute("aria-hidden", "true");
  area.after(text);
  let pause;
  const count = () => {
    const left = Number(area.dataset.max) - [...area.value].length;
    text.textContent = left < 0 ? say("chars-over", -left) : say("chars-left", left);
    text.classList.toggle("counter--over", left < 0);
    return text.textContent;
  };
  count();
  area.addEventListener("input", () => {
    const now = count();
    clearTimeout(pause);
    pause = setTimeout(() => announce(now), 1200);
  });
}

/** „None of these” takes the other ticks away, and any other tick takes it away. */
function exclusive({ target }) {
  const boxes = [...(target.closest("fieldset")?.querySelectorAll(`input[name="${CSS.escape(target.name)}"]`) ?? [])];
  if (target.type !== "checkbox" || !target.checked || !boxes.some((box) => "none" in box.dataset)) return;
  for (const box of boxes) {
    if (box !== target && ("none" in box.dataset || "none" in target.dataset)) box.checked = false;
  }
}

/** A box that ticks all boxes of one name in its form, and shows whether all, some or none are ticked. */
function tickAll(row) {
  const [all] = row.getElementsByTagName("input");
  const boxes = [...all.form.querySelectorAll(`input[name="${row.dataset.tickAll}"]`)];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
  row.hidden = false;
}

async function copy(button) {
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  const before = button.textContent;
  button.textContent = say("copied");
  announce(say("copied"));
  setTimeout(() => (button.textContent = before), 2500);
}

/** Takes over what was probably meant („Czy chodziło o …?”): the answer is put in, has focus and is sent, the error goes. */
function take(button) {
  const field = button.closest(".field");
  const input = field.querySelector(TYPED_INTO);
  input.value = button.dataset.take;
  input.removeAttribute("aria-invalid");
  field.classList.remove("field--wrong");
  button.closest(".field__error").replaceChildren();
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** A file on its way: how much of it is there, in the place below its input; a screen reader hears of every quarter. */
function uploading({ target, detail }) {
  const input = [...target.querySelectorAll("input[type=file]")].find((each) => each.files.length);
  if (!input || !detail.lengthComputable) return;
  const place = document.querySelector(".upload") ?? document.createElement("div");
  if (!place.isConnected) {
    place.className = "upload";
    place.append(document.createElement("span"), document.createElement("progress"));
    place.lastChild.className = "bar";
    place.lastChild.max = 100;
    place.lastChild.setAttribute("aria-label", say("uploading"));
    input.after(place);
  }
  const percent = Math.floor((100 * detail.loaded) / detail.total);
  if (Math.floor(percent / 25) > Math.floor(place.lastChild.value / 25)) announce(`${say("uploading")} ${percent}%`);
  place.firstChild.textContent = `${say("uploading")} ${percent}%`;
  place.lastChild.value = percent;
}

/** Shows that the last request did not reach the office; the next one that does takes it away. */
function trouble(key) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.hidden = !key;
  place.querySelector(".notice__body").textContent = key ? say(key) : "";
}

/** Whether any of it is in the window. What has focus and was there stays there, though a swap puts an error above it. */
function inWindow(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
let followed = false;

/** Brings to life what a page, or a part of it that htmx has just put in, holds. */
function enhance(root) {
  root.querySelectorAll("select[data-autocomplete]").forEach(combobox);
  root.querySelectorAll("[data-tick-all][hidden]").forEach(tickAll);
  root.querySelectorAll("textarea[data-max]:not([data-counted])").forEach((area) => {
    area.dataset.counted = "";
    counter(area);
  });
  const able = `button[data-print], button[data-take]${navigator.clipboard ? ", button[data-copy]" : ""}`; // copying wants HTTPS
  root.querySelectorAll(able).forEach((button) => (button.hidden = false));
}

document.addEventListener("change", exclusive, true); // before htmx reads the form
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button[data-copy], button[data-print], button[data-take]");
  if (button) ("print" in button.dataset ? () => window.print() : "take" in button.dataset ? take : copy)(button);
});
document.addEventListener("htmx:load", ({ detail }) => enhance(detail.elt.parentElement ?? detail.elt));
document.addEventListener("htmx:beforeSwap", () => (followed = inWindow(document.activeElement)));
document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  if (!(elt instanceof Element)) return; // text between elements
  const first = (mark) => (elt.matches(mark) ? elt : elt.querySelector(mark));
  const news = first("[data-announce]");
  if (news) announce(news.textContent.trim());
  const place = first("[data-focus]");
  place?.removeAttribute("data-focus");
  (place?.querySelector(TYPED_INTO) ?? place)?.focus();
  if (followed && !inWindow(document.activeElement)) document.activeElement.scrollIntoView({ block: "center" });
});
document.addEventListener("htmx:xhr:progress", uploading);
document.addEventListener("htmx:afterRequest", () => document.querySelector(".upload")?.remove());
document.addEventListener("htmx:sendError", () => trouble("offline"));
document.addEventListener("htmx:responseError", () => trouble("refused"));
document.addEventListener("htmx:afterOnLoad", ({ detail }) => detail.failed || trouble(null));
enhance(document);
