/* A console without a line to the show: what needs the server looks dead and is dead, and says so;
   what is typed goes on. */
(() => {
  "use strict";

  const LOOK_MS = 200;
  const CONTROLS =
    "body:has(.finalist) :is(.finalist, .q-dialog) .button, .finalist :is(.q-slider, .kept-swap)";

  const root = document.documentElement;
  let wasConnected = false;
  const isCut = () => root.classList.contains("is-cut");

  function look() {
    const isConnected = Boolean(window.socket?.connected);
    // The line may break before the first look.
    wasConnected ||= isConnected || Boolean(window.did_handshake);
    const was = isCut();
    const now = wasConnected && !isConnected;
    root.classList.toggle("is-cut", now);
    if (now || was) mark(now);
    if (was && !now) dispatchEvent(new CustomEvent("finale-line-back"));
  }

  function mark(isDead) {
    for (const control of document.querySelectorAll(isDead ? CONTROLS : "[data-cut]")) {
      if (isDead && !control.hasAttribute("aria-disabled")) {
        control.dataset.cut = "";
        control.setAttribute("aria-disabled", "true");
      } else if (!isDead) {
        delete control.dataset.cut;
        control.removeAttribute("aria-disabled");
      }
    }
  }

  function stop(event) {
    const control = event.target.closest?.(CONTROLS);
    if (!control) return;
    look();
    if (!isCut()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  for (const name of ["click", "pointerdown", "mousedown", "touchstart"])
    addEventListener(name, stop, { capture: true, passive: false });
  // Arrows move a slider; a button that is pressed by a key clicks.
  addEventListener("keydown", (e) => e.target.closest?.(".q-slider") && stop(e), true);
  setInterval(look, LOOK_MS);
})();
