// Every text that can be read now: its colour, the ground under its middle, how large it is; then the
// edges of controls. What is off takes no press and needs no contrast; the name mark is a logo.
() => {
    const parse = c => { const n = c.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
        const of = c.startsWith("color(srgb") ? n.map((v, i) => i < 3 ? 255 * v : v) : n;
        return [of[0], of[1], of[2], of[3] ?? 1]; };
    const hex = c => "#" + c.slice(0, 3).map(v => Math.round(v).toString(16).padStart(2, "0"))
        .join("").toUpperCase();
    const filled = e => {
        const style = getComputedStyle(e);
        if (e instanceof SVGElement && !(e instanceof SVGSVGElement))
            return style.fill === "none" || e.tagName === "text" ? [0, 0, 0, 0] : parse(style.fill);
        return parse(style.backgroundColor);
    };
    const ground = e => {
        const drawn = e.tagName === "text" ? [...e.parentElement.children].reverse() : [];
        return drawn.filter(one => one instanceof SVGGeometryElement).map(filled).find(c => c[3] === 1);
    };
    const under = (e, x, y) => {
        const stack = document.elementsFromPoint(x, y);
        for (let at = e; at; at = at.parentElement) {
            const place = stack.indexOf(at);
            const own = place < 0 ? [at] : stack.slice(place);
            const found = ground(at) ?? own.map(filled).find(c => c[3] === 1);
            if (found) return found;
        }
        return null;
    };
    const all = document.createElement("style");
    all.textContent = "* { pointer-events: auto !important }";
    document.head.append(all);
    const exempt = ".disabled, [disabled], [data-cut], .name-mark, .visually-hidden, .is-dim, .host-canvas, " +
        ".card-steps, .card-swatch";
    const edged = "button, input, textarea, .blind-tile, .badge, .seat-tile, .strip-letter";
    const found = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode, e = node.parentElement;
        if (!node.data.trim() || !e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
            continue;
        if (e.closest(exempt)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getClientRects()[0];
        if (!box || box.width < 2 || box.height < 2) continue;
        const style = getComputedStyle(e);
        const below = under(e, box.x + box.width / 2, box.y + box.height / 2);
        const ink = parse(e instanceof SVGElement ? style.fill : style.color);
        let opacity = ink[3];
        if (!opacity) continue;
        for (let at = e; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
        const size = Number.parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const who = `${e.tagName.toLowerCase()}.${[...e.classList].join(".")}: ${node.data.trim().slice(0, 30)}`;
        const mixed = below && opacity < 1 ? ink.map((v, i) => v * opacity + below[i] * (1 - opacity)) : ink;
        found.add(JSON.stringify([hex(mixed), below ? hex(below) : "", large, who]));
    }
    for (const e of document.querySelectorAll(edged)) {
        const style = getComputedStyle(e);
        const edge = parse(style.borderBlockStartColor);
        const isDrawn = Number.parseFloat(style.borderBlockStartWidth) > 0 && edge[3] === 1;
        if (!isDrawn || !e.checkVisibility({visibilityProperty: true}) || e.closest(exempt)) continue;
        const box = e.getBoundingClientRect();
        const below = under(e.parentElement, box.x + box.width / 2, box.y + box.height / 2);
        found.add(JSON.stringify([hex(edge), below ? hex(below) : "", null, e.className]));
    }
    all.remove();
    return [...found].map(one => JSON.parse(one));
}
