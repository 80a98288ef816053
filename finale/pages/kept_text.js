// A text field that loses no word: every keystroke is copied into the browser's session first, and
// the copy goes only when the server has said that it holds the text. A reload, or a server that
// was away, finds it again. The field is never written to while somebody types in it, unless that
// person takes up an earlier text.
const SEND_AFTER_MS = 120;

const lengthOf = (text) => Array.from(text).length;
const spelled = (number) => number.toLocaleString("en-US");

export default {
  template: `
    <div class="kept" :class="{ 'is-over': isOver }">
      <div class="kept-head">
        <span class="kept-label" aria-hidden="true">{{ label }}</span>
        <span class="kept-count" :class="{ alarm: isOver }">{{ count }}</span>
      </div>
      <textarea ref="area" class="kept-area scrolls" :aria-label="label" :readonly="locked"
        :placeholder="placeholder" rows="2" dir="auto" autocomplete="off" spellcheck="false"
        @beforeinput="guard" @input="typed"></textarea>
      <p v-if="refused || isOver" class="kept-over alarm" role="alert">
        {{ refused || sentence }}</p>
    </div>`,
  props: {
    label: String,
    value: String,
    keep: String,
    longest: Number,
    most: Number,
    locked: Boolean,
    placeholder: String,
  },
  emits: ["typed"],
  data: () => ({ length: 0, refused: "" }),
  computed: {
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
    this.returnCaret();
    // What is on screen must be with the server before the click or shortcut that relies on it.
    this.flush = () => this.timer && this.send();
    for (const name of ["pointerdown", "keydown", "pagehide"])
      window.addEventListener(name, this.hurry, true);
  },
  beforeUnmount() {
    this.flush();
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
  },
  methods: {
    load() {
      const unsent = sessionStorage.getItem(this.name);
      this.$refs.area.value = unsent ?? this.value;
      this.length = lengthOf(this.$refs.area.value);
      this.serial += 1;
      if (unsent !== null) this.send();
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
      try {
        sessionStorage.setItem(this.name, text);
      } catch {
        // More than a browser keeps for a page: the text on the screen is then the only copy.
      }
      this.timer ??= setTimeout(this.send, SEND_AFTER_MS);
    },
    send() {
      clearTimeout(this.timer);
      this.timer = null;
      const text = this.length <= this.most ? this.$refs.area.value : null;
      this.$emit("typed", { keep: this.name, text, length: this.length, serial: this.serial });
    },
    put(text) {
      this.$refs.area.value = text;
      this.typed();
      this.send();
      this.$refs.area.focus();
    },
    saved(serial) {
      if (serial === this.serial && !this.timer) sessionStorage.removeItem(this.name);
    },
  },
};
