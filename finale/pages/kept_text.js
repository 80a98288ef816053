// A text field that loses no word: every keystroke is copied into the browser's session first, and
// the copy goes only when the server has said that it holds the text. A reload, or a server that
// was away, finds it again. What other windows of the seat type appears here, but never over words
// that the server has not got yet.
const SEND_AFTER_MS = 120;
const LOOK_MS = 200;
const MOST_SEEN = 100;

const lengthOf = (text) => Array.from(text).length;
const spelled = (number) => number.toLocaleString("en-US");

const CRC = Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit += 1) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte >>> 0;
});

// The short name of a text by which the server knows which ones this window has seen.
function revision(text) {
  const raw = new TextEncoder().encode(text);
  let sum = ~0;
  for (const byte of raw) sum = (sum >>> 8) ^ CRC[(sum ^ byte) & 255];
  return `${raw.length}-${~sum >>> 0}`;
}

export default {
  template: `
    <div class="kept" :class="{ 'is-over': isOver }">
      <div class="kept-head">
        <span class="kept-label" aria-hidden="true">{{ label }}</span>
        <span class="kept-count" :class="{ alarm: isOver }">{{ count }}</span>
      </div>
      <textarea ref="area" class="kept-area scrolls" :aria-label="label" :readonly="isShut"
        :placeholder="placeholder" rows="2" dir="auto" autocomplete="off" spellcheck="false"
        @beforeinput="guard" @input="typed"></textarea>
      <p v-if="refused || isOver" class="kept-over alarm" role="alert">
        {{ refused || sentence }}</p>
      <p v-if="others" class="kept-other" role="status">
        <span class="bold">Another window’s text is kept.</span>
        <button type="button" class="kept-swap" :disabled="isShut"
          @click="$emit('swapped')">Show it</button></p>
    </div>`,
  props: {
    label: String,
    value: String,
    keep: String,
    longest: Number,
    most: Number,
    locked: Boolean,
    opensAt: Number,
    others: Number,
    pushed: { type: Number, default: 0 },
    placeholder: String,
  },
  emits: ["typed", "swapped"],
  data: () => ({ length: 0, refused: "", isDue: false }),
  computed: {
    isShut() {
      return this.locked && !this.isDue;
    },
    isOver() {
      return this.length > this.longest;
    },
    count() {
      return `${spelled(this.length)} of ${spelled(this.longest)} characters`;
    },
    sentence() {
      return `${spelled(this.length - this.longest)} characters too many; nothing was cut.`;
    },
  },
  mounted() {
    this.serial = 0;
    this.timer = null;
    this.name = this.keep;
    this.load();
    this.looks = setInterval(this.look, LOOK_MS);
    addEventListener("finale-line-back", this.sendAgain);
    this.returnCaret();
    // What is on screen must be with the server before the click or shortcut that relies on it.
    this.flush = () => this.timer && this.send();
    for (const name of ["pointerdown", "keydown", "pagehide"])
      window.addEventListener(name, this.hurry, true);
  },
  beforeUnmount() {
    this.flush();
    clearInterval(this.looks);
    removeEventListener("finale-line-back", this.sendAgain);
    for (const name of ["pointerdown", "keydown", "pagehide"])
      window.removeEventListener(name, this.hurry, true);
  },
  watch: {
    // Another text under another name: the one before stays in the session under its own.
    keep(name) {
      this.flush();
      this.name = name;
      this.refused = "";
      this.load();
    },
    pushed() {
      if (!this.isUnsent()) this.follow();
    },
  },
  methods: {
    load() {
      const unsent = sessionStorage.getItem(this.name);
      const seen = sessionStorage.getItem(`${this.name} seen`);
      this.show(unsent ?? this.value);
      this.seen = unsent === null ? [revision(this.value)] : JSON.parse(seen ?? "[]");
      if (unsent !== null) this.send();
    },
    show(text) {
      this.$refs.area.value = text;
      this.length = lengthOf(text);
      this.serial += 1;
      this.kept = this.serial;
    },
    isUnsent() {
      return this.kept !== this.serial || sessionStorage.getItem(this.name) !== null;
    },
    follow() {
      const { area } = this.$refs;
      const { selectionStart, selectionEnd } = area;
      this.show(this.value);
      this.seen = [revision(this.value)];
      if (document.activeElement === area) area.setSelectionRange(selectionStart, selectionEnd);
    },
    // Tuning begins by the clock, also for a page that cannot be told.
    look() {
      const isCut = document.documentElement.classList.contains("is-cut");
      this.isDue = isCut && this.opensAt > 0 && window.finale.now() >= this.opensAt;
    },
    sendAgain() {
      if (this.isUnsent()) this.send();
    },
    // A page that reloads itself after a restart must not take the keyboard away.
    keepCaret() {
      const { selectionStart, selectionEnd } = this.$refs.area;
      if (document.activeElement === this.$refs.area)
        sessionStorage.setItem(`${this.name} caret`, `${selectionStart} ${selectionEnd}`);
    },
    returnCaret() {
      const caret = sessionStorage.getItem(`${this.name} caret`);
      sessionStorage.removeItem(`${this.name} caret`);
      if (caret === null || this.locked) return;
      this.$refs.area.focus();
      this.$refs.area.setSelectionRange(...caret.split(" ").map(Number));
    },
    hurry(event) {
      if (event.type === "pagehide") this.keepCaret();
      if (event.type !== "keydown" || event.altKey || event.ctrlKey) this.flush();
    },
    // A page may choke on a whole book, and the session could not keep it: what is far too long is
    // not taken in at all, so that the text before it stays as it is.
    guard(event) {
      this.refused = "";
      const added = event.inputType.startsWith("insertFrom") ? (event.data ?? "") : "";
      const { value, selectionStart, selectionEnd } = this.$refs.area;
      if (value.length - (selectionEnd - selectionStart) + added.length <= this.most || !added)
        return;
      event.preventDefault();
      this.refused =
        `Not pasted: it has ${spelled(lengthOf(added))} characters, and ` +
        `${spelled(this.longest)} are allowed. Your text is as it was.`;
    },
    typed() {
      const text = this.$refs.area.value;
      this.length = lengthOf(text);
      this.serial += 1;
      this.store(text);
      this.timer ??= setTimeout(this.send, SEND_AFTER_MS);
    },
    store(text) {
      try {
        sessionStorage.setItem(`${this.name} seen`, JSON.stringify(this.seen));
        sessionStorage.setItem(this.name, text);
      } catch {
        // More than a browser keeps for a page: the text on the screen is then the only copy.
      }
    },
    send() {
      clearTimeout(this.timer);
      this.timer = null;
      const text = this.length <= this.most ? this.$refs.area.value : null;
      const { name: keep, length, serial, seen } = this;
      this.$emit("typed", { keep, text, length, serial, seen: [...seen] });
      // It may be kept and the answer be lost: then it is no stranger.
      if (text === null) return;
      this.seen = [...seen, revision(text)].slice(-MOST_SEEN);
      this.store(text);
    },
    put(text) {
      this.$refs.area.value = text;
      this.typed();
      this.send();
      this.$refs.area.focus();
    },
    // `pushed` is how often this window was told of another text before this one was taken.
    saved(serial, pushed) {
      if (serial !== this.serial || this.timer) return;
      this.kept = serial;
      this.seen = this.seen.slice(-1);
      sessionStorage.removeItem(this.name);
      sessionStorage.removeItem(`${this.name} seen`);
      if (this.pushed > pushed) this.follow();
    },
  },
};
