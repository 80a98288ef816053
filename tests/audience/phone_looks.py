"""What is wrong with how a phone's page stands: by geometry, never by eye."""

from playwright.async_api import Page

LOOKS = r"""() => {
  const regions = ['header', '#banner', 'main', 'footer'].map(name => document.querySelector(name))
  const short = text => text.trim().slice(0, 40)
  const found = [], cut = '.two, .cut, .sr, noscript'
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page is too wide')
  for (const region of regions) {
    const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT), texts = []
    for (let node; node = walker.nextNode();) {
      if (!node.data.trim() || node.parentElement.closest(cut)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) {
        if (!box.width) continue
        if (box.left < -0.5 || box.right > innerWidth + 0.5) found.push('over the edge: ' + short(node.data))
        texts.push({ node, box })
      }
      for (let around = node.parentElement; around !== region; around = around.parentElement) {
        const style = getComputedStyle(around)
        if (style.overflow !== 'visible' && around.scrollHeight > around.clientHeight + 1) found.push('cut: ' + short(node.data))
      }
      if (innerWidth >= 320) for (const word of node.data.matchAll(/[^\s\u00ad\u2066-\uFFEF-]+/g)) {
        range.setStart(node, word.index)
        range.setEnd(node, word.index + word[0].length)
        if (range.getClientRects().length > 1 && !/[\u2066-\uFFEF]/.test(node.data)) found.push('broken: ' + word[0])
      }
    }
    texts.forEach((one, i) => texts.slice(i + 1).forEach(other => {
      if (one.node === other.node) return
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      // The boxes of two lines touch in every font; letters that meet overlap by a third.
      const least = Math.min(one.box.height, other.box.height) / 3
      if (wide > 1 && high > least) found.push('overlap: ' + short(one.node.data) + ' / ' + short(other.node.data))
    }))
    for (const control of region.querySelectorAll('button')) {
      const box = control.getBoundingClientRect()
      if (box.height < 44 || box.width < 24) found.push('small: ' + short(control.textContent))
      if (control.scrollWidth > control.clientWidth + 1) found.push('runs over: ' + short(control.textContent))
    }
  }
  return found
}"""
"""Texts over the edge, cut, broken inside a word or on one another; controls that are too small."""

SAID = r"""() => {
  const said = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; node = walker.nextNode();) {
    if (!node.parentElement.closest('script, noscript') && node.data.trim()) said.push(node.data.trim())
  }
  document.querySelectorAll('[aria-label]').forEach(node => said.push(node.getAttribute('aria-label')))
  return said
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
