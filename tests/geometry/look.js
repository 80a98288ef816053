// Every line of every text that can be seen, with its box. Cut: outside a box that clips and does not
// scroll. Out: outside the window of a page that does not scroll. On: on a line of another text.
async (byDesign) => {
    for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
    const ROOM = 3, LEADING = 6;
    const root = document.documentElement;
    const scrolls = (e, axis) => /auto|scroll/.test(getComputedStyle(e)[`overflow${axis}`]);
    const clips = (e, axis) => /hidden|clip/.test(getComputedStyle(e)[`overflow${axis}`]);
    const seen = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const lines = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode, e = node.parentElement;
        if (!node.data.trim() || !seen(e) || e.closest(byDesign) || e.closest("style, script")) continue;
        if (/, 0\)$/.test(getComputedStyle(e).color)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects())
            if (box.width > 1 && box.height > 1) lines.push({e, box, text: node.data.trim().slice(0, 40)});
    }
    // The part of a line that its scrolling boxes leave in sight.
    const inSight = ({e, box}) => {
        let {left, right, top, bottom} = box;
        for (let at = e; at && at !== root; at = at.parentElement) {
            const of = at.getBoundingClientRect();
            if (scrolls(at, "X")) { left = Math.max(left, of.left); right = Math.min(right, of.right); }
            if (scrolls(at, "Y")) { top = Math.max(top, of.top); bottom = Math.min(bottom, of.bottom); }
            if (getComputedStyle(at).position === "fixed") break;
        }
        return {left, right, top, bottom};
    };
    const cut = lines.filter(({e, box}) => {
        for (let at = e; at && at !== document.body; at = at.parentElement) {
            const of = at.getBoundingClientRect();
            const x = clips(at, "X") && (box.left < of.left - ROOM || box.right > of.right + ROOM);
            const y = clips(at, "Y") && (box.top < of.top - LEADING || box.bottom > of.bottom + LEADING);
            if (x || y) return true;
            if (scrolls(at, "X") || scrolls(at, "Y")) return false;
        }
        return false;
    });
    const isTall = root.scrollHeight > innerHeight + 1;
    const out = lines.filter((line) => {
        const {left, right, top, bottom} = inSight(line);
        if (right - left < 1 || bottom - top < 1) return false;
        return left < -ROOM || right > innerWidth + ROOM ||
            (!isTall && (top < -LEADING || bottom > innerHeight + LEADING));
    });
    const shown = lines.map((line) => ({...line, ...inSight(line)}))
        .filter(({left, right, top, bottom}) => right - left > 1 && bottom - top > 1);
    // A letter is lower than its line, and what lies under something opaque is not seen.
    const all = document.createElement("style");
    all.textContent = "* { pointer-events: auto !important }";
    document.head.append(all);
    const isOpaque = (colour) => /^rgb\(/.test(colour);
    const isOnTop = ({e, left, right, top, bottom}) => {
        for (const at of document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)) {
            if (at.contains(e) || e.contains(at)) return true;
            if (at.matches(".q-dialog__backdrop")) return false;
            if (isOpaque(getComputedStyle(at).backgroundColor)) return false;
        }
        return true;
    };
    const ink = ({e, top, bottom}) => {
        const middle = (top + bottom) / 2, half = 0.36 * Number.parseFloat(getComputedStyle(e).fontSize);
        return [Math.max(top, middle - half), Math.min(bottom, middle + half)];
    };
    const drawn = shown.filter(isOnTop).map((one) => ({...one, ink: ink(one)}));
    all.remove();
    const on = [];
    drawn.forEach((a, i) => drawn.slice(0, i).forEach((b) => {
        if (a.e === b.e) return;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.ink[1], b.ink[1]) - Math.max(a.ink[0], b.ink[0]);
        if (wide > ROOM && high > ROOM)
            on.push(`${b.text} / ${a.text}`);
    }));
    const say = ({e, text}) => `${e.className || e.parentElement.className}: ${text}`;
    return {cut: [...new Set(cut.map(say))], out: [...new Set(out.map(say))], on: [...new Set(on)]};
}
