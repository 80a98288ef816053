// ---- building the page: text only ever becomes text ----
function h(what, ...kids) {
  const [tag, ...names] = what.split('.'), node = document.createElement(tag)
  node.className = names.join(' ')
  return fill(node, kids)
}
function fill(node, kids) {
  node.textContent = ''
  kids.flat().forEach(kid => { if (kid !== '') node.append(kid) })
  return node
}
function set(node, values) {
  Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value))
  return node
}
const auto = node => set(node, { dir: 'auto' })
function button(what, key, onclick, ...kids) {
  const node = set(h('button.' + what, ...kids), { type: 'button', 'data-key': key })
  node.onclick = onclick
  return node
}
const SHAPES = {
  V: ['M32 2A30 30 0 1 1 31.9 2Z', 41], W: ['M32 3 62 60H2Z', 54], X: ['M4 4H60V60H4Z', 41],
  Y: ['M32 0 64 32 32 64 0 32Z', 41], Z: ['M2 6H62V30A30 30 0 0 1 2 30Z', 38],
  S: ['M34 3H61V30A31 31 0 0 1 30 61H3V34A31 31 0 0 1 34 3Z', 41],
  T: ['M20 2H44V16H62V48H44V62H20V48H2V16H20Z', 41], U: ['M17 3H47L63 32 47 61H17L1 32Z', 41],
}
function svg(tag, values, ...kids) {
  const node = set(document.createElementNS('http://www.w3.org/2000/svg', tag), values)
  node.append(...kids)
  return node
}
function token(letter) {
  const [path, y] = SHAPES[letter]
  return svg('svg', { viewBox: '-2 -2 68 68', class: 'token ' + letter, role: 'img', 'aria-label': _('Lectern {0}', letter) },
    svg('path', { d: path }), svg('text', { x: 32, y }, letter))
}
const alertMark = () => svg('svg', { class: 'warn', viewBox: '0 0 28 26', 'aria-hidden': true, fill: 'none', stroke: 'currentColor', 'stroke-width': 3 },
  svg('path', { d: 'M14 2 26 24H2Z' }), svg('path', { d: 'M14 10v7M14 19v2' }))
const tile = (letter, how = '') => h('span.tile' + how, letter)
const code = receipt => receipt.slice(0, 4) + ' ' + receipt.slice(4)

// Each phone has its own order of the letters in a round, so that no answer is first for all.
function rank(letter) {
  let hash = 2166136261
  for (const c of kept.token + '|' + view.round + '|' + letter) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619)
  hash = Math.imul(hash ^ hash >>> 16, 2246822507)
  return (hash ^ hash >>> 13) >>> 0
}
const mixed = things => [...things].sort((a, b) => rank(a.letter) - rank(b.letter))

