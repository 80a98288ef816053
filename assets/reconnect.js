/* A page that wants to load itself anew waits until the server answers, so that it never stands
   on a browser's error page while nobody is there to press a key. */
(() => {
  "use strict";

  const PROBE = "/assets/pictures/favicon.svg";
  const PAUSE_MS = 1000;
  const LONGEST_MS = 5000;

  let isWaiting = false;
  let isAnswered = false;

  const pause = (ms) => new Promise((go) => setTimeout(go, ms));

  async function answers() {
    try {
      const signal = AbortSignal.timeout(LONGEST_MS);
      const answer = await fetch(PROBE, { method: "HEAD", cache: "no-store", signal });
      return answer.status < 500;
    } catch {
      return false;
    }
  }

  async function reloadWhenAnswered() {
    if (isWaiting) return;
    isWaiting = true;
    while (!(await answers())) await pause(PAUSE_MS);
    isAnswered = true;
    location.reload();
  }

  // NiceGUI reloads by itself, also when a server that is not there has timed out. Whoever reloads
  // by hand is not held back.
  window.navigation?.addEventListener("navigate", (event) => {
    const isOwn = event.navigationType === "reload" && !event.userInitiated && event.cancelable;
    if (!isOwn || isAnswered) return;
    event.preventDefault();
    reloadWhenAnswered();
  });
})();
