// The provisions: verdict, amount, deadline, whom to put through to; some of them side by side.
import { $, el } from "../dom.js";
import { say } from "../words.js";
import { get } from "./api.js";

const unfolded = new Map(); // by provision: whether the operator opened or closed it

export function showBoard(seen, { compared, toggle, askFirst }) {
  const boxes = seen.provisions.map((entry, index) => box(entry, index, compared, toggle, askFirst));
  const empty = seen.outside || seen.urgent ? [] : [el("p", { class: "quiet" }, say("board_empty"))];
  $("provisions").replaceChildren(...(boxes.length ? boxes : empty));
  if ($("urgent").textContent !== seen.urgent) $("urgent").textContent = seen.urgent;
  $("outside").hidden = !seen.outside;
  $("outside").textContent = seen.outside ? say("outside", { where: seen.outside }) : "";
  showCompared(seen, compared, toggle);
}

export const foldAll = () => unfolded.clear();

const ROWS = ["amount", "until", "because", "open", "steps", "checked", "funds", "apply", "documents", "gaps"];

function box(entry, index, compared, toggle, askFirst) {
  const id = entry.provision;
  const chosen = compared.includes(id);
  const node = el("details", { class: `card ${entry.verdict}`, open: unfolded.get(id) ?? index < 2, "data-provision": id },
    el("summary", {}, tag(entry), el("strong", {}, entry.name), el("span", { class: "quiet" }, entry.citation),
      entry.amount ? el("span", { class: "sum" }, entry.amount) : null),
    el("p", { class: "aloud" }, el("span", { class: "small" }, say("read_out")), entry.say),
    putThrough(entry),
    list(entry, ROWS),
    el("div", { class: "rows" },
      el("button", { type: "button", "aria-pressed": String(chosen), "aria-label": `${say("compare")}：${entry.name}`,
        on: { click: () => toggle(id) } }, say("compare")),
      entry.verdict === "unknown" ? el("button", { type: "button", "aria-label": `${say("ask_first")}：${entry.name}`,
        on: { click: () => askFirst(id) } }, say("ask_first")) : null,
      original(entry)));
  node.addEventListener("toggle", () => { if (node.isConnected) unfolded.set(id, node.open); });
  return node;
}

const tag = (entry) => el("span", { class: `tag ${entry.verdict}` }, entry.label ?? say("tell"));

function putThrough(entry) {
  if (!entry.departments) return null;
  return el("p", { class: "through" }, el("span", { class: "quiet" }, `${say("departments")} `), entry.departments,
    el("strong", { class: "number" }, `${say("put_through")} ${entry.transfer}`));
}

function list(entry, keys) {
  const rows = keys.map((key) => [key, text(entry, key)]).filter(([, value]) => value);
  return el("dl", {}, ...rows.flatMap(([key, value]) => [el("dt", {}, say(key)), el("dd", {}, value)]));
}

function text(entry, key) {
  const value = entry[key];
  if (key === "because" && entry.open?.length) return "";
  return Array.isArray(value) ? value.join("；") : value ?? "";
}

/** The article in full, where it was imported, fetched when it is opened. */
function original(entry) {
  if (!entry.official) return el("span", { class: "quiet small" }, say("official_none"));
  const body = el("blockquote", { class: "small" }, say("official_wait"));
  const whole = el("details", { class: "original" }, el("summary", {}, say("official")), body);
  whole.addEventListener("toggle", async () => {
    if (!whole.open || whole.dataset.there) return;
    whole.dataset.there = "1";
    try {
      const { text: official } = await get(`article?id=${encodeURIComponent(entry.provision)}`);
      body.textContent = official || say("official_none");
    } catch (refused) {
      body.textContent = refused.message;
    }
  });
  return whole;
}

function showCompared(seen, compared, toggle) {
  const entries = seen.provisions.filter((entry) => compared.includes(entry.provision));
  $("compare").hidden = entries.length < 2;
  if (entries.length < 2) return $("compare").replaceChildren();
  const keys = ["amount", "until", "because", "departments", "transfer", "funds"];
  const head = el("tr", {}, el("td", {}), ...entries.map((entry) => el("th", { scope: "col" }, tag(entry), " ", entry.name, el("span", { class: "quiet small" }, ` ${entry.citation}`),
    el("button", { type: "button", class: "plain", "aria-label": `${say("remove")}：${entry.name}`, on: { click: () => toggle(entry.provision) } }, say("remove")))));
  const rows = keys.map((key) => el("tr", {}, el("th", { scope: "row" }, say(key === "transfer" ? "put_through" : key)),
    ...entries.map((entry) => el("td", {}, key === "because" && entry.open?.length ? `${say("open")}：${entry.open.join("；")}` : entry[key] || "—"))));
  const names = entries.map((entry) => entry.name);
  const verdicts = seen.choices.filter((choice) => names.includes(choice.first) && names.includes(choice.second))
    .map((choice) => el("p", { class: "better" }, say(choice.better ? "compare_better" : "compare_choose", choice)));
  $("compare").replaceChildren(el("h2", {}, say("compare_title")), ...verdicts,
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("compare_title") },
      el("table", { class: "plain-table" }, el("thead", {}, head), el("tbody", {}, ...rows))));
}
