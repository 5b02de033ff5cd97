// Talking to the server: every failure is told apart, so that the page can say what to do.
const PATIENCE = 20_000; // milliseconds

export class Trouble extends Error {
  /** `key`: a sentence of ours; `text`: one that the server sent. */
  constructor(key, text = "", again = true) {
    super(text || key);
    Object.assign(this, { key, text, again });
  }
}

export async function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const get = (path) => call(path, {});

async function call(path, options) {
  let response;
  try {
    response = await fetch(`/webhooks/web/${path}`, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Trouble(error.name === "TimeoutError" ? "slow" : "offline");
  }
  const body = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (response.ok) return body;
  const again = response.status >= 500 || response.status === 429;
  throw new Trouble("trouble", body.error, again);
}

export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
