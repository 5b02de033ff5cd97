// The log: what was said and told, appended and never rewritten, so that screen readers read once.
import { $, el } from "./dom.js";
import { post } from "./server.js";
import { say } from "./words.js";

export function showSaid(text) {
  const node = el("div", { class: "said" }, el("span", { class: "who" }, `${say("you")}：`), text);
  $("log").append(node);
  return node;
}

export function showTurn(turn) {
  const node = el("div", { class: "told" }, el("span", { class: "who" }, `${say("assistant")}：`));
  const texts = turn.replies.map((reply) => reply.text).join("\n");
  for (const reply of turn.replies) node.append(...(reply.cards.length ? withCards(reply) : paragraphs(reply)));
  node.append(afterwards(turn, texts));
  $("log").append(node);
  return node;
}

/** What a person of the desk said, or a notice about them: their name is shown. */
export function showSpoken(message, quietly = false) {
  const who = message.by === "operator" ? `${say("staff", { name: message.name })}：` : "";
  const node = el("div", { class: `told staff ${message.by}` }, who ? el("strong", {}, who) : null,
    ...paragraphs({ text: message.text }));
  $("log").append(node);
  if (!quietly) reveal(node);
}

/** Bring an answer into view: its end, where all of it fits above the input, else its beginning. */
export function reveal(node) {
  const taken = document.querySelector(".compose").offsetHeight + document.querySelector(".top").offsetHeight;
  const fits = node.offsetHeight + taken < innerHeight;
  node.style.scrollMarginBottom = `${document.querySelector(".compose").offsetHeight + 12}px`;
  node.scrollIntoView({ block: fits ? "end" : "start", behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function paragraphs(reply) {
  const lines = reply.text.split("\n").filter(Boolean);
  return lines.map((line, index) => {
    const asks = reply.kind === "question" && index === lines.length - 1;
    return el("p", asks ? { class: "ask" } : {}, ...linked(line));
  });
}

/** 讲义（…）：/material/…: a file of ours to fetch, told by its name. */
function linked(line) {
  const file = /^(.+)：\S*?(\/material\/[a-f0-9]{20}\/[a-z]+\.[a-z]+)$/.exec(line);
  return file ? [el("a", { href: file[2], download: "" }, file[1])] : [line];
}

/** What the cards show is not told twice: the whole text waits behind one click. */
function withCards(reply) {
  const [before] = reply.text.split("【");
  const open = reply.cards.length === 1;
  return [
    ...paragraphs({ text: before }),
    ...reply.cards.map((item) => card(item, open)),
    el("details", { class: "whole" }, el("summary", {}, say("whole")), ...paragraphs(reply)),
  ];
}

function card(item, open) {
  const rows = [
    ...(item.open.length ? [["card_open", item.open.join("；")]] : [["card_because", item.because]]),
    ["card_steps", item.steps], ["card_amount", item.amount], ["card_until", item.until], ["card_checked", item.checked.join("；")],
    ["card_documents", item.documents.join("；")], ["card_departments", item.departments],
    ["card_article", item.citation],
  ].filter(([, text]) => text);
  const list = el("dl", {}, ...rows.flatMap(([key, text]) => [el("dt", {}, say(key)), el("dd", {}, text)]));
  return el("details", { class: `card ${item.verdict}`, open },
    el("summary", {}, el("span", { class: `tag ${item.verdict}` }, item.label),
      el("strong", {}, (item.subject ? `${item.subject}：` : "") + (item.means || item.name))),
    list,
    el("a", { href: `/policy/${encodeURIComponent(item.provision)}` }, say("card_more")));
}

function afterwards(turn, text) {
  const told = el("span", { role: "status", class: "quiet small" });
  const judge = (useful) => async (event) => {
    const [button, other] = [event.currentTarget, event.currentTarget.parentNode.querySelector("[aria-pressed=true]")];
    try {
      await post("useful", { turn: turn.id, useful });
      other?.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", "true");
      told.textContent = say("thanks");
    } catch (trouble) {
      told.textContent = trouble.text || say(trouble.key);
    }
  };
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    told.textContent = say("copied");
  };
  return el("div", { class: "after" },
    el("button", { type: "button", "aria-pressed": "false", on: { click: judge(true) } }, say("useful")),
    el("button", { type: "button", "aria-pressed": "false", on: { click: judge(false) } }, say("useless")),
    navigator.clipboard ? el("button", { type: "button", on: { click: copy } }, say("copy")) : null,
    told);
}
