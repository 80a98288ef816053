// ---- the door: a phone without a pass types the code ----
function wantCode(isWrong) {
  const tried = roomCode
  roomCode = ''; isCodeWanted = true; isOnline = false; view = null; tries = lostAt = 0
  draw()
  $('hint').textContent = _('Or scan the square code there. No app, no account, no name.')
  $('hint').className = 'quiet'
  if (!isWrong) return
  $('code').value = ''; $('code').oninput({}); $('code').focus()
  hint(_('{0} is not the code. Please look at the big screen once more.', tried))
}
function hint(text) { $('hint').textContent = text; $('hint').className = 'b'; say(text) }
function door() {
  const field = set(h('input'), { id: 'code', 'aria-label': _('Room code, four letters'), 'aria-describedby': 'hint', autocapitalize: 'characters', autocomplete: 'off', autocorrect: 'off', spellcheck: false, enterkeyhint: 'go' })
  const boxes = [0, 1, 2, 3].map(() => set(h('span'), { 'aria-hidden': true }))
  const form = h('form.join', h('div.boxes', field, boxes), h('button.wide.go', _('Join the room')))
  let typed = ''
  field.onpaste = () => { field.value = '' }
  field.onclick = () => field.setSelectionRange(99, 99)
  field.oninput = event => {
    typed = field.value.split('?').pop().replace(/[^a-z]/gi, '').slice(0, 4).toUpperCase()
    if (!event.isComposing && field.value !== typed) field.value = typed
    boxes.forEach((box, i) => { box.textContent = typed[i] || ''; box.className = i === Math.min(3, typed.length) ? 'next' : '' })
  }
  form.onsubmit = event => {
    event.preventDefault()
    if (typed.length < 4) { hint(_('The code has four letters.')); return }
    roomCode = typed; join()
  }
  field.oninput({})
  return [h('h1', _('Type the code from\u00a0the big screen')), form, set(h('p'), { id: 'hint' })]
}

