// ---- scores and standings ----
const NAMES = { judge: _('AI judge'), panel: _('Experts'), audience: _('Audience') }
function winners() {
  return view.bars.every(bar => bar.tag) ? view.bars.filter(bar => bar.place === 1) : []
}
function headline() {
  const names = winners().map(bar => bar.tag.short_name), round = view.round + 1
  if (names.length) {
    const who = names.reduce((some, name) => _('{0} and {1}', some, name))
    if (isSudden()) return names.length > 1 ? _('{0} share sudden death', who) : _('{0} takes sudden death', who)
    return names.length > 1 ? _('{0} share round {1}', who, round) : _('{0} takes round {1}', who, round)
  }
  if (view.bars.some(bar => bar.tag)) return _('Who wrote what?')
  if (view.bars.some(bar => bar.total !== null)) return _('All points together')
  if (view.phase === 'appeal') return view.clock ? _('Appeals are open') : _('Appeals')
  return { judge: _('What the AI judge gave'), panel: _('What the experts gave'), audience: _('What the hall gave') }[view.shown[view.shown.length - 1]] || _('The scores')
}
function legend() {
  return h('div.legend', view.shown.map(name => {
    const part = view.bars.flatMap(bar => bar.parts).find(p => p.component === name && p.points > 0)
    return part ? h('span', h('i.' + name), _('{0}, {1}', NAMES[name], Math.round(100 * part.score / part.points))) : ''
  }))
}
function score(bar, isWinner) {
  const mine = own[view.round], segments = bar.parts.map(part => {
    const node = h('i.' + part.component)
    node.style.width = part.score + '%'
    if (!shownParts.has(view.round + bar.letter + part.component)) node.classList.add('new')
    shownParts.add(view.round + bar.letter + part.component)
    return node
  })
  const badge = mine && mine.letter === bar.letter ? h('span.badge', _('Your vote')) : ''
  const parts = h('div.parts', bar.parts.map(part => h('span', part.component === 'judge' ? _('Judge') : NAMES[part.component], ' ', h('b', fixed(part.score)),
    part.component === 'audience' && part.mark !== null ? ' ' + _('({0} %)', Math.round(part.mark)) : '')), bar.total === null ? badge : '')
  const strip = h('div.bar', segments)
  if (bar.total === null) return h('li.score.blank', h('div.top', tile(bar.letter), h('div.name', strip, parts)))
  const face = bar.tag ? [token(bar.tag.lectern), named(bar.tag, standIn(bar.tag), badge), tile(bar.letter, '.s')] : [tile(bar.letter), h('span.name', badge)]
  return h('li.score.' + (bar.tag ? bar.tag.lectern : 'blank') + (isWinner ? '.own' : ''), h('div.top', face, h('span.total', fixed(bar.total))), strip, parts)
}
function results() {
  const won = winners(), list = won.length ? [...view.bars].sort((a, b) => a.place - b.place) : mixed(view.bars)
  const text = view.phase === 'appeal' && view.clock ? h('p.quiet', _('The finalists and the experts may appeal now against the AI judge’s marks.')) : ''
  return [title(headline(), 28), text, legend(), h('p.quiet.tiny', _('AI judge: {0}', label(view.judge))), view.notes.map(note => h('p.small', note)),
    h('ul.rows', list.map(bar => score(bar, won.includes(bar))))]
}

function lead() {
  const [first, second] = view.standings
  if (!second) return _('The standings')
  if (second.place === 1) return _('The lead is shared')
  return second.gap > 0 ? _('{0} leads by {1}', first.tag.short_name, fixed(second.gap)) : _('{0} leads', first.tag.short_name)
}
function table() {
  return h('ol.rows', view.standings.map(row => {
    const places = Math.abs(row.moved), [sign, way] = row.moved > 0 ? ['▲ ', _('up {0}', places)] : ['▽ ', _('down {0}', places)]
    return h('li', h('div.face.stand', h('span.place', row.place ? row.place + (row.is_shared ? '=' : '') : '–'), token(row.tag.lectern), named(row.tag, row.place ? standIn(row.tag) : _('withdrawn')),
      row.moved ? set(h('span.moved', sign + places), { role: 'img', 'aria-label': way }) : '', h('span.total', fixed(row.total))))
  }))
}
const left = () => Math.max(0, view.rounds - view.round - 1)
function toGo() {
  const number = left()
  const then = number ? _n('{0} round to go.', '{0} rounds to go.', number) : _('Every round is played.')
  return view.most ? both(_('Out of {0}.', view.most), then) : then
}
function myVote() {
  const mine = own[view.round]
  return mine ? h('p.quiet.small', woven(_('Your vote in this round was {0}. Its code {1} is in the count.'), mine.letter, h('b', h('bdi', code(mine.receipt))))) : ''
}
function standings() {
  const opening = {
    break: [h('h1', _('A short break.')), h('p.quiet', _('Keep this page open; it wakes up by itself.'))],
    sudden_death: [h('h1', _('Sudden death')), h('p.quiet', _('First place is tied. The tied finalists answer one more question, and you vote once more.'))],
  }[view.phase] || (view.is_round_void ? [h('h1', _('No answers in this round')), h('p.quiet', both(_('It counts for nobody.'), toGo()))] : [title(lead(), 28), h('p.quiet', toGo())])
  return [...opening, table(), myVote()]
}
function champion() {
  const isShared = view.champions.length > 1
  const floods = view.champions.map(tag => h('div.crown.own.' + tag.lectern, token(tag.lectern), title(tag.name, 40),
    h('p', isShared ? _('shares the title') : _('is the champion')), h('p.small', about(tag))))
  const mine = Object.values(own)
  const list = h('dl.receipt', mine.map(ballot => h('div', h('dt', ballot.round < view.rounds ? _('Round {0}: {1}', ballot.round + 1, ballot.letter) : _('Sudden death: {0}', ballot.letter)), h('dd', h('bdi', code(ballot.receipt))))))
  return [...floods, table(), mine.length ? h('h2', _('Your votes')) : '', mine.length ? list : '', mine.length ? published() : h('p.quiet', _('Thank you for being here.'))]
}

