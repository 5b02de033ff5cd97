// Calls of the desk's pages: each carries the page's token, every failure comes as a sentence.
import { say } from "../words.js";

const TOKEN = document.querySelector("meta[name=desk]").content;
const PATIENCE = 10_000; // milliseconds

export class Refused extends Error {
  constructor(text, status) {
    super(text);
    this.status = status; // 0 where the server was not reached
  }
}

export const get = (path) => call(path, {});
export const post = (path, body = {}) => call(path, {
  method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
});

async function call(path, options) {
  const headers = { ...options.headers, "X-Desk": TOKEN };
  let response;
  try {
    response = await fetch(`/desk/${path}`, { ...options, headers, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Refused(say("offline"), 0);
  }
  const body = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body?.error || say("not_kept"), response.status);
  return body;
}
