// What is not yet answered is kept on the device with its id, so that nothing is lost or doubled.
const KEY = "outbox";

export const kept = () => {
  try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; }
};

export const keep = (message) => {
  try {
    if (message) localStorage.setItem(KEY, JSON.stringify(message));
    else localStorage.removeItem(KEY);
  } catch { /* without storage the message lives as long as the page */ }
};
