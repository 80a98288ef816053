"""What is wrong with how a phone's page stands: by geometry, never by eye."""

from playwright.async_api import Page

LOOKS = r"""() => {
  const found = [], fault = (what, text) => found.push(what + ': ' + text.trim().slice(0, 60))
  const foreign = /[\u2066-\uFFEF]/, words = /[^\s\u00ad-]+/g
  const textsIn = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = []
    for (let node; node = walker.nextNode();) {
      const isCutOnPurpose = node.parentElement.closest('.two, .cut, .sr, noscript')
      if (node.data.trim() && !isCutOnPurpose) nodes.push(node)
    }
    return nodes
  }
  const boxesOf = (node, from = 0, to = node.data.length) => {
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    return [...range.getClientRects()].filter(box => box.width)
  }
  if (document.documentElement.scrollWidth > innerWidth) fault('too wide', 'the page')
  for (const region of document.querySelectorAll('header, #banner, main, footer')) {
    const boxes = []
    for (const node of textsIn(region)) {
      for (const box of boxesOf(node)) {
        if (box.left < -0.5 || box.right > innerWidth + 0.5) fault('over the edge', node.data)
        boxes.push({ node, box })
      }
      for (let part = node.parentElement; part !== region; part = part.parentElement) {
        const isCut = getComputedStyle(part).overflow !== 'visible'
        if (isCut && part.scrollHeight > part.clientHeight + 1) fault('cut', node.data)
      }
      // Japanese breaks inside its words; at 200 % other languages may have to.
      if (innerWidth < 320 || foreign.test(node.data)) continue
      for (const { 0: word, index } of node.data.matchAll(words)) {
        const lines = boxesOf(node, index, index + word.length).map(box => Math.round(box.top))
        if (Math.max(...lines) - Math.min(...lines) > 4) fault('broken', word)
      }
    }
    boxes.forEach((one, i) => boxes.slice(i + 1).forEach(two => {
      const wide = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left)
      const high = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top)
      // The boxes of two lines touch in every font; letters meet if a third of them overlaps.
      const most = Math.min(one.box.height, two.box.height) / 3
      if (one.node === two.node || wide <= 1 || high <= most) return
      fault('overlap', one.node.data + ' / ' + two.node.data)
    }))
    for (const control of region.querySelectorAll('button')) {
      const box = control.getBoundingClientRect()
      if (box.height < 44 || box.width < 24) fault('small', control.textContent)
      if (control.scrollWidth > control.clientWidth + 1) fault('runs over', control.textContent)
    }
  }
  return found
}"""
"""Texts over the edge, cut, broken inside a word or on one another; controls that are too small."""

SAID = r"""() => {
  const said = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; node = walker.nextNode();) {
    if (!node.parentElement.closest('script, noscript')) said.push(node.data.trim())
  }
  const labels = [...document.querySelectorAll('[aria-label]')].map(node => node.ariaLabel)
  return [...said, ...labels].filter(Boolean)
}"""
"""Every text of the page, and what screen readers say in its place."""


async def faults(page: Page) -> list[str]:
    """One line for each fault."""
    found: list[str] = await page.evaluate(LOOKS)
    return found


async def said(page: Page) -> list[str]:
    """All that is written on the page."""
    texts: list[str] = await page.evaluate(SAID)
    return texts
