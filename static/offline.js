// Answers that could not be sent wait in this browser (IndexedDB, photographs too) and are sent when the network is back.
// Loaded only by forms with `offline: true`. Whatever was sent goes from here at once. What was sent from an old page is put
// together with the draft by the server, as for two people in one draft: the page's `_seen` is kept with the answers.

const STORE = "waiting";
const KEEP_DAYS = 30;
const EVERY = 15_000; // ms between tries
const words = document.getElementById("offline");
const form = document.querySelector("#form[data-offline]");
const text = (key) => words.content.querySelector(`[data-word="${key}"]`).textContent;
// The steps of the response at hand: /z/<link>/krok/, /k/<link>/ for who sees one alone, /f/<form>/ before there is a draft.
const folder = () => location.pathname.match(/^\/z\/[^/]+\//)?.[0].concat("krok/") ?? location.pathname.match(/^\/[kf]\/[^/]+\//)?.[0];
const here = () => location.pathname.split("/").pop();

/** A name that does not tell the private link (cyrb53: 53 bits, one way). */
function named(path) {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (const letter of path) {
    one = Math.imul(one ^ letter.codePointAt(0), 2654435761);
    two = Math.imul(two ^ letter.codePointAt(0), 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
}

const opened = new Promise((done, failed) => {
  const asked = indexedDB.open("nabor", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});
opened.catch(() => {}); // a private window may refuse: then everything is as without this script

/** One request to the store; its result. */
async function stored(mode, ask) {
  const request = ask((await opened).transaction(STORE, mode).objectStore(STORE));
  return new Promise((done, failed) => {
    request.transaction.oncomplete = () => done(request.result);
    request.transaction.onerror = request.transaction.onabort = () => failed(request.error);
  });
}
const all = () => stored("readonly", (store) => store.getAll());
const drop = (key) => stored("readwrite", (store) => store.delete(key));

/** What the page says of it, in the place where it also says that something was not saved. */
function tell(key, kind = "warning", removable = false) {
  const place = document.getElementById("trouble");
  const body = place.querySelector(".notice__body");
  place.className = `notice notice--${kind}`;
  body.textContent = text(key);
  if (removable) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button--quiet button--small", textContent: text("drop") });
    button.addEventListener("click", abandon);
    body.append(" ", button);
  }
  place.hidden = false;
}
function quiet() {
  const place = document.getElementById("trouble");
  place.className = "notice notice--error"; // as the layout has it, for other troubles
  place.hidden = true;
}

let changes = 0; // counted, so that what is sent is known to be the newest
let kept = Promise.resolve();
const keys = new Set();
const failed = new Set(); // elements whose change did not get through
let pressed = null; // the button that waits for the network
let lost = false; // whether the page has said that something waits
let due = 0; // how much of that is on its way once more
let left = 0; // when the page was sent by a button: what is on its way then is not heard of any more

/** The answers in words, for whom they can no longer be sent. */
function said() {
  const lines = [];
  for (const each of form.elements) {
    const answered = /^(radio|checkbox)$/.test(each.type) ? each.checked : each.type !== "hidden" && each.value;
    if (!answered || each.matches("fieldset, button")) continue;
    const label = each.labels?.[0]?.textContent.trim() ?? "";
    const question = each.closest("fieldset")?.querySelector("legend")?.textContent.trim();
    const answer = /^(radio|checkbox)$/.test(each.type) ? label : `${label}: ${each.selectedOptions?.[0]?.text ?? each.value}`;
    lines.push(question ? `${question} – ${answer}` : answer);
  }
  return lines;
}

/** Keeps what stands on the page. */
function remember() {
  const directory = folder();
  const record = { key: named(location.pathname), group: named(directory), step: here(), at: Date.now(), left };
  record.entries = [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && !(value instanceof File && !value.name));
  record.said = said();
  keys.add(record.key);
  kept = kept.then(() => stored("readwrite", (store) => store.put(record)));
  kept = kept.then(() => true, () => false);
  return kept;
}

async function forget() {
  await kept;
  for (const key of keys) await drop(key).catch(() => {});
  keys.clear();
}

async function abandon() {
  failed.clear();
  pressed = null;
  const group = named(folder());
  for (const record of await all()) if (record.group === group) await drop(record.key);
  keys.clear();
  tell("dropped", "info");
}

/** Once more what did not get through; htmx sends it, one after another, and the page shows what came of it. */
function again() {
  const elements = [...failed].filter((element) => element.isConnected);
  failed.clear();
  due = elements.length;
  for (const element of elements) element.dispatchEvent(new Event("change", { bubbles: true }));
}

if (form && folder()) {
  form.addEventListener("change", () => {
    changes += 1;
    remember();
  });
  let pause;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    if (failed.size) pause = setTimeout(remember, 500); // a text begun without network, before it is left
  });
  document.addEventListener("htmx:beforeSend", ({ detail }) => (detail.xhr.changes = changes));
  document.addEventListener("htmx:sendError", async ({ detail: { elt } }) => {
    if (!form.contains(elt) || elt.matches("button")) return; // a button is pressed again by the person
    if (left) return void remember();
    failed.add(elt);
    if (await remember()) tell("kept", "warning", true);
    lost = true;
  });
  document.addEventListener("htmx:afterOnLoad", async ({ detail: { xhr, elt } }) => {
    if (!form.contains(elt) || xhr.status >= 400) return;
    if (xhr.changes === changes && !failed.size) await forget();
    due = Math.max(0, due - 1);
    if (!lost) quiet();
    else if (due || failed.size) return;
    const button = pressed;
    if (lost && button) sessionStorage.setItem("nabor-sent", "1"); // the next page says so
    else if (lost) tell("sent", "success");
    lost = false;
    pressed = null;
    if (button && !failed.size) form.requestSubmit(button.isConnected ? button : undefined);
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine && !failed.size) {
      left = Date.now();
      if (keys.size) remember(); // a change is still on its way: this sends it, the next page makes sure
      return;
    }
    event.preventDefault();
    pressed = event.submitter ?? form.querySelector("button[type=submit]");
    failed.add(form);
    lost = true;
    remember().then((done) => done && tell("kept", "warning", true));
    if (navigator.onLine) again();
  });
}

/** What waits from earlier – another step, a page that was closed – is sent as it was; where something came of it, shown. */
async function flush() {
  const directory = folder();
  if (!directory) return;
  const token = form?.elements.csrf_token.value ?? words.dataset.csrf;
  let sent = 0;
  for (const record of await all()) {
    if (Date.now() - record.at > KEEP_DAYS * 86_400_000) await drop(record.key);
    if (record.group !== named(directory) || keys.has(record.key)) continue;
    const body = new FormData();
    for (const [name, value] of record.entries) body.append(name, value);
    body.append("csrf_token", token);
    let answer;
    try {
      answer = await fetch(directory + record.step, { method: "POST", body, headers: { "HX-Request": "true" } });
    } catch {
      return tell("waiting", "warning", true);
    }
    const elsewhere = answer.headers.get("HX-Redirect") ?? "";
    if (answer.status >= 500 || answer.status === 429) return tell("waiting", "warning", true);
    if (!answer.ok || elsewhere) {
      tell("refused", "error", true);
      const list = document.createElement("ul");
      list.append(...record.said.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
      document.querySelector("#trouble .notice__body").append(list);
      return;
    }
    await drop(record.key);
    const moved = answer.headers.get("HX-Replace-Url"); // the first page has begun a draft
    if (moved && !changes) return location.replace(moved);
    const shown = !form || record.step === here();
    if (shown && (!record.left || Date.now() - record.left > 60_000)) sent += 1;
  }
  if (!sent) return;
  if (changes) return tell("sent", "success");
  sessionStorage.setItem("nabor-sent", "1");
  location.reload();
}

if (words) {
  if (sessionStorage.getItem("nabor-sent")) {
    sessionStorage.removeItem("nabor-sent");
    tell("sent", "success");
  }
  let running = Promise.resolve();
  const retry = () => {
    if (failed.size) again();
    else running = running.then(flush).catch(() => {});
  };
  window.addEventListener("online", retry);
  window.addEventListener("pageshow", () => (left = 0)); // back by the browser's button
  setInterval(retry, EVERY);
  retry();
}
