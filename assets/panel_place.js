/* Which part of an expert's tablet is in sight. The server draws every answer, sheet and note once;
   [data-of="A"] and [data-sheet="reference"] stand hidden until they are turned to, [data-opens]
   and [data-turns] turn, and [data-live] acts only while there is a server to act. */

export function recall(keep) {
  return JSON.parse(sessionStorage.getItem(`${keep}:place`));
}

export function remember(keep, place) {
  sessionStorage.setItem(`${keep}:place`, JSON.stringify(place));
}

// What a press turns to, null if it turns nothing. A hold that outlives its line does nothing: it
// would act when the line is back, and nobody would be holding.
export function pressed(event) {
  if (event.target.closest?.("[inert]")) event.stopImmediatePropagation();
  if (event.type !== "click") return null;
  const { opens, turns } = event.target.closest?.("[data-opens], [data-turns]")?.dataset ?? {};
  if (opens) return { letter: opens, sheet: "answer", isChecking: false };
  return turns ? { sheet: turns } : null;
}

function set(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

const flag = (element, name, is) => set(element, name, is ? "" : null);

export function show(face) {
  const page = document.querySelector(".panel-page");
  const each = (parts, act) => page.querySelectorAll(parts).forEach(act);
  flag(page, "data-checking", face.isChecking);
  flag(page, "data-offline", !face.isLive);
  flag(page, "data-noting", face.isNoting);
  each("[data-of], [data-sheet]", (part) => {
    const { of = face.letter, sheet = face.sheet } = part.dataset;
    flag(part, "hidden", of !== face.letter || sheet !== face.sheet);
  });
  each("[data-turns]", (tab) => set(tab, "aria-pressed", `${tab.dataset.turns === face.sheet}`));
  each(".panel-tab", (tab) => {
    const letter = tab.dataset.opens;
    const isDone = face.done.includes(letter);
    flag(tab, "data-done", isDone);
    set(tab, "aria-pressed", `${letter === face.letter}`);
    set(tab, "aria-label", `Answer ${letter}${isDone ? ", marked" : ""}`);
  });
  each("[data-live]", (part) => {
    const isReady = face.isLive && (face.hasAll || part.dataset.live !== "saved");
    flag(part, "inert", !isReady);
  });
  each(".marks-waiting", (line) => {
    if (line.textContent !== face.waits) line.textContent = face.waits;
  });
}
