/* How buttons are pressed on the staff screens: held ones, keys, and none twice by mistake. */
(() => {
  "use strict";

  const bool = (element, name, value) => element.classList.toggle(name, value);

  /* ---- [data-settle-ms]: drawn or pressed just now, it takes no press --------------------------- */

  // The second of two quick presses was meant for the button that stood there before.
  function settle(button) {
    bool(button, "is-settling", true);
    setTimeout(() => bool(button, "is-settling", false), Number(button.dataset.settleMs));
  }

  const isSettling = (button) => button.classList.contains("is-settling");

  function settleNew(records) {
    const drawn = records.flatMap(({ addedNodes }) => [...addedNodes]);
    for (const node of drawn) {
      if (node.dataset?.settleMs) settle(node);
      node.querySelectorAll?.("[data-settle-ms]").forEach(settle);
    }
  }

  /* ---- buttons that must be held: a full hold becomes the event "held" ------------------------- */

  const holds = new Map();

  function startHold(button) {
    if (!button || holds.has(button) || isSettling(button)) return;
    if (button.disabled || button.classList.contains("disabled")) return;
    const done = () => {
      endHold(button);
      button.dispatchEvent(new CustomEvent("held", { bubbles: false }));
    };
    holds.set(button, setTimeout(done, Number(button.dataset.holdMs)));
    bool(button, "is-holding", true);
  }

  function endHold(button) {
    clearTimeout(holds.get(button));
    holds.delete(button);
    bool(button, "is-holding", false);
  }

  const endHolds = () => [...holds.keys()].forEach(endHold);
  const heldButton = (event) => event.target.closest?.("[data-hold-ms]");

  document.addEventListener("pointerdown", (event) => {
    if (event.button === 0) startHold(heldButton(event));
  });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, endHolds);
  addEventListener("blur", endHolds);
  document.addEventListener(
    "click",
    (event) => {
      const settles = event.target.closest?.("[data-settle-ms]");
      if (heldButton(event) || (settles && isSettling(settles))) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (settles) settle(settles);
    },
    true,
  );

  /* ---- keys: [data-key="Alt+G"] answers to its key, but not while somebody types ---------------- */

  const typing = (target) =>
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.getAttribute("role") === "slider";

  // Somebody who walks the page by keyboard presses the button in focus, not the page's own key.
  const pressesFocus = (event) =>
    (event.key === "Enter" || event.code === "Space") &&
    !event.ctrlKey &&
    !event.altKey &&
    event.target.matches("button:focus-visible, a:focus-visible, [role]:focus-visible");

  function keyName(event) {
    const printed = event.altKey && /^(Key|Digit)/.test(event.code);
    const key = printed ? event.code.replace(/^(Key|Digit)/, "") : event.key;
    const name = event.code === "Space" ? "Space" : key.length === 1 ? key.toUpperCase() : key;
    const held = [event.ctrlKey && "Ctrl", event.altKey && "Alt"].filter(Boolean);
    return [...held, name].join("+");
  }

  function buttonFor(event) {
    if (event.metaKey || event.isComposing) return null;
    const isPlain = !event.ctrlKey && !event.altKey;
    if (isPlain && event.key !== "Escape" && typing(event.target)) return null;
    if (pressesFocus(event)) return null;
    const name = CSS.escape(keyName(event));
    const buttons = [...document.querySelectorAll(`[data-key="${name}"]`)];
    const dialog = document.querySelector(".q-dialog");
    return buttons.findLast(
      (button) =>
        button.checkVisibility() &&
        !button.disabled &&
        !button.classList.contains("disabled") &&
        (!dialog || dialog.contains(button)),
    );
  }

  document.addEventListener(
    "keydown",
    (event) => {
      // A browser presses the button in focus again and again while Enter stays down.
      if (event.repeat && event.key === "Enter" && pressesFocus(event)) event.preventDefault();
      const focused = heldButton(event);
      const isPress = event.key === "Enter" || event.code === "Space";
      const button = focused && isPress ? focused : buttonFor(event);
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      if (button.dataset.holdMs) startHold(button);
      else button.click();
    },
    true,
  );
  document.addEventListener("keyup", endHolds);

  const watch = () =>
    new MutationObserver(settleNew).observe(document.body, { subtree: true, childList: true });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
