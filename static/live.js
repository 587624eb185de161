// How texts are kept and sent: interviews/live.py.
const element = id => document.getElementById(id);
const form = element("talk"), at = form.elements, { dataset } = form, here = location.pathname;
const prefix = `live:${dataset.key}:`, worker = navigator.serviceWorker;
const AWAY = "Kept on this phone, no connection.";
const OUT = "Sign in again in another tab. Your notes are safe on this phone.";
let store, timer, running, fails = 0;
try { store = localStorage; store[prefix] = ""; delete store[prefix]; } catch { store = {}; }

const mark = text => {
  let h = 5381;
  for (let i = 0; i < text.length; i++) h = (h * 33 ^ text.charCodeAt(i)) >>> 0;
  return `${h.toString(16)}.${text.length}`;
};
const get = name => at[name].type === "checkbox" ? (at[name].checked ? "1" : "") : at[name].value;
const put = (name, text) => {
  const box = at[name];
  if (!box || get(name) === text) return;
  if (box.type === "checkbox") return void (box.checked = !!text);
  const caret = box.selectionEnd + text.length - box.value.length;
  box.value = text;
  if (box === document.activeElement) box.setSelectionRange(caret, caret);
};
const write = (name, v, b) => {
  const entry = JSON.stringify({ v, b });
  try { store[prefix + name] = entry; } catch { store = { ...store, [prefix + name]: entry }; }
};
const read = name => JSON.parse(store[prefix + name] || "null");
const grewFrom = name => at[name + ".was"]?.value.split(",") || [];
const setBase = (name, marks) => { if (at[name + ".was"]) at[name + ".was"].value = marks; };
const keep = name => write(name, get(name), grewFrom(name));
const waiting = () => Object.keys(store).flatMap(key => key.startsWith(prefix) ? key.slice(prefix.length) : []);
const say = text => {
  if (fails && element("kept").textContent !== text) element("live").textContent = text;
  element("kept").textContent = text;
};

// Of two texts that are both kept, the one that was sent comes last.
const settle = (name, sent, saved) => {
  const now = read(name)?.v ?? sent, box = at[name];
  if (now !== sent && !saved.endsWith(sent)) return;
  const text = saved.slice(0, saved.length - sent.length) + now;
  setBase(name, mark(saved));
  put(name, now === sent ? saved : text);
  if (now !== sent || saved !== sent) keep(name);
  if (now === sent) delete store[prefix + name];
  if (box?.type === "checkbox") box.defaultChecked = !!saved;
  else if (box) box.defaultValue = saved;
};

const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1];
const send = async () => {
  const body = new URLSearchParams(), sent = {};
  let size = 0;
  for (const name of waiting()) {
    const { v, b } = read(name), marks = [...new Set([...b, mark(v)])];
    if (size && size + v.length > 1e5) break;
    size += v.length;
    sent[name] = v;
    body.set(name, name === "started" ? Math.round((Date.now() - v) / 1000) : v);
    body.set(name + ".was", b);
    setBase(name, marks);
    write(name, v, marks);
  }
  const answer = await fetch(form.action, {
    method: "POST", body, redirect: "manual", keepalive: size < 5e3, signal: AbortSignal.timeout(15e3),
    headers: { Accept: "application/json", "X-CSRFToken": token() },
  });
  if (!answer.ok) return answer.status < 500 ? OUT : AWAY;
  const { texts, gone } = await answer.json();
  for (const name of gone) if (at[name]) at[name].readOnly = true;
  for (const name in { ...texts, ...sent }) {
    const text = sent[name] ?? texts[name];
    if (name in sent || !read(name)) settle(name, text, texts[name] ?? text);
  }
};
const flush = () => running ||= run().finally(() => running = null);
const run = async () => {
  clearTimeout(timer);
  let trouble;
  while (!trouble && waiting().length) trouble = await send().catch(() => AWAY);
  fails = trouble ? fails + 1 : 0;
  say(trouble || "Saved.");
  if (trouble) timer = setTimeout(flush, Math.min(60, 2 ** fails) * 1000);
  else copy().catch(() => 0);
};

// Shown when there is no connection, until one is done or signs out.
const copy = async () => {
  const pages = await caches.open("live"), old = await pages.match(here);
  if (old) pages.put(here, new Response(`<!doctype html>${document.documentElement.outerHTML}`, {
    headers: [...old.headers].filter(([name]) => /-type$|policy/.test(name)),
  }));
};
const forget = async () => {
  await caches.delete("live");
  (await worker.getRegistration(here))?.unregister();
};

const tick = () => {
  const began = +at.started.value, { minutes } = dataset, cue = element("cue");
  if (!began) return;
  const past = Math.max(0, Math.floor((Date.now() - began) / 6e4));
  element("gone").textContent = `${past} of ${minutes} minutes`;
  const words = past >= minutes ? cue.dataset.end : minutes - past <= 5 && minutes > 5 ? cue.dataset.five : "";
  if (cue.textContent !== words) cue.textContent = words;
};

for (const name of waiting()) put(name, read(name).v), setBase(name, read(name).b);
flush();
tick();
setInterval(tick, 5000);
addEventListener("online", flush);
document.addEventListener("visibilitychange", flush);
form.addEventListener("input", e => {
  keep(e.target.name);
  if (!fails) say("Saving…");
  clearTimeout(timer);
  timer = setTimeout(flush, 800);
});
element("start")?.addEventListener("submit", e => {
  e.preventDefault();
  at.started.value = Date.now();
  keep("started");
  e.submitter.className = "btn btn-quiet";
  e.submitter.textContent = dataset.again;
  element("done").classList.add("btn-primary");
  tick();
  flush();
});
form.addEventListener("submit", async e => {
  e.preventDefault();
  await flush();
  const to = e.submitter.getAttribute("formaction");
  if (!to || waiting().length) return;
  await forget().catch(() => 0);
  at.csrfmiddlewaretoken.value = token();
  form.action = to;
  form.submit();
});
addEventListener("storage", e => {
  const name = e.key?.slice(prefix.length), entry = JSON.parse(e.newValue);
  if (!e.key?.startsWith(prefix) || !at[name]) return;
  if (entry) put(name, entry.v);
  setBase(name, entry?.b ?? mark(get(name)));
});
(async () => dataset.worker ? worker.register(dataset.worker, { scope: here }) : forget())().catch(() => 0);
