// The scales of all answers and the way from one to the next, wholly in the browser: without a
// server an expert goes on. A touch shows at once and waits in the browser's session until the
// server has said that it is saved; what waits is sent again after a gap or a reload, under the
// same id, so that nothing is lost and nothing counts twice.
import { pressed, recall, remember, show } from "/assets/panel_place.js";

const LATE_MS = 1000;
const AGAIN_MS = 3000;

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

export default {
  template: `
    <div class="marks" :class="{ 'is-late': late > 0 }">
      <section v-for="criterion in criteria" :key="place(letter, criterion.key)" class="mark"
        :class="{ 'is-wanted': wanted === criterion.key }">
        <div class="mark-head">
          <h3 class="heading">{{ criterion.label }}</h3>
          <span class="mark-question quiet">{{ criterion.question }}</span>
          <span class="mark-value" aria-hidden="true">{{ shown(criterion.key) ?? "–" }}</span>
        </div>
        <div v-if="card.facts[criterion.key]" class="mark-facts">
          <span v-for="[value, caption] in card.facts[criterion.key]" :key="caption">
            <b>{{ value }}</b> {{ caption }}</span>
        </div>
        <div class="mark-targets" role="radiogroup" :aria-label="criterion.label">
          <button v-for="(target, place) in targets" :key="target" type="button" role="radio"
            :aria-checked="shown(criterion.key) === target ? 'true' : 'false'"
            :tabindex="reachable(criterion.key, place) ? 0 : -1"
            :class="look(criterion.key, target)" @click="touch(criterion.key, target)"
            @keydown="walk($event, criterion.key, place)">{{ target }}</button>
        </div>
        <div class="mark-anchors quiet" aria-hidden="true">
          <span v-for="anchor in criterion.anchors" :key="anchor">{{ anchor }}</span>
        </div>
      </section>
      <slot></slot>
      <div v-if="walks" class="panel-steps">
        <q-btn class="button button-outline panel-back" no-caps unelevated :ripple="false"
          aria-label="Back" :disable="!before" @click="open(before)">
          <span class="icon" v-html="icons.back"></span><span>{{ before }}</span></q-btn>
        <q-btn class="button button-outline panel-note-button" no-caps unelevated :ripple="false"
          aria-label="Private note" @click="isNoting = !isNoting">Note</q-btn>
        <q-btn class="button button-primary panel-on" no-caps unelevated :ripple="false"
          :disable="!step.go" @click="step.go()">
          <span>{{ step.text }}</span><span class="icon" v-html="icons.forward"></span></q-btn>
      </div>
      <p v-if="late > 0" class="marks-late bold" role="status">{{ waits }}</p>
    </div>`,
  props: {
    criteria: Array,
    targets: Array,
    keep: String,
    round: Number,
    cards: Array,
    walks: Boolean,
    isOpen: Boolean,
    all: String,
    icons: Object,
  },
  emits: ["touched", "turned"],
  data: () => ({
    waiting: {},
    late: 0,
    wanted: "",
    at: { round: null, letter: "", sheet: "answer", isChecking: false },
    isLive: true,
    isNoting: false,
  }),
  computed: {
    letters() {
      return this.cards.map((card) => card.letter);
    },
    isHere() {
      return this.at.round === this.round && this.letters.includes(this.at.letter);
    },
    letter() {
      return this.isHere ? this.at.letter : (this.letters[0] ?? "");
    },
    card() {
      return this.cards.find((card) => card.letter === this.letter) ?? { facts: {} };
    },
    before() {
      return this.letters[this.letters.indexOf(this.letter) - 1] ?? "";
    },
    done() {
      return this.letters.filter((letter) => !this.missing(letter).length);
    },
    step() {
      const [first, second] = this.missing(this.letter);
      const here = this.letters.indexOf(this.letter);
      const turned = [...this.letters.slice(here + 1), ...this.letters.slice(0, here)];
      const after = turned.find((letter) => !this.done.includes(letter));
      if (first) {
        const rest = second?.label.toLowerCase() ?? after;
        const then = rest ? `, then ${rest}` : ", the last one";
        const text = `Score ${first.label.toLowerCase()}${then}`;
        return { text, go: () => this.want(first.key) };
      }
      if (after) return { text: `Next: ${after}`, go: () => this.open(after) };
      if (!this.isLive) return { text: "All scored. Check when back online", go: null };
      return { text: `Check your ${this.all}`, go: () => this.turn({ isChecking: true }) };
    },
    waits() {
      const one = this.late === 1;
      const marks = one ? "1 mark waits" : `${this.late} marks wait`;
      return `${marks} on this tablet and will send ${one ? "itself" : "themselves"}.`;
    },
    face() {
      const { letter, done, isLive, isNoting } = this;
      const { sheet, isChecking } = this.isHere ? this.at : { sheet: "answer", isChecking: false };
      const waits = this.late ? this.waits : "";
      const hasAll = Object.keys(this.waiting).length === 0;
      const isSeen = isChecking && this.isOpen;
      return { letter, done, sheet, isChecking: isSeen, isLive, isNoting, waits, hasAll };
    },
  },
  watch: {
    letter: "tell",
    face: "draw",
    isOpen(isNow) {
      if (!isNow) this.turn({ isChecking: false });
    },
  },
  created() {
    this.since = new Map();
  },
  mounted() {
    this.waiting = JSON.parse(sessionStorage.getItem(this.keep) ?? "{}");
    for (const [place, item] of Object.entries(this.waiting)) {
      this.since.set(place, { first: 0, last: 0, id: item.id });
      this.send(item);
    }
    this.timer = setInterval(this.lookAgain, LATE_MS);
    this.late = this.count();
    if (!this.walks) return;
    this.at = recall(this.keep) ?? this.at;
    for (const name of ["click", "held"]) document.addEventListener(name, this.press, true);
    this.seen = new MutationObserver(this.draw);
    this.seen.observe(document.body, { subtree: true, childList: true });
    this.draw();
    this.tell();
  },
  beforeUnmount() {
    clearInterval(this.timer);
    this.seen?.disconnect();
    window.socket?.off("connect", this.lookAgain).off("disconnect", this.lookAgain);
    for (const name of ["click", "held"]) document.removeEventListener(name, this.press, true);
  },
  methods: {
    // Also the key of what is drawn: a press that began on one answer never ends on the next.
    place(letter, criterion) {
      return `${this.round}/${letter}/${criterion}`;
    },
    markOf(card, criterion) {
      return this.waiting[this.place(card.letter, criterion)]?.mark ?? card.marks[criterion];
    },
    shown(criterion) {
      return this.card.marks && this.markOf(this.card, criterion);
    },
    missing(letter) {
      const card = this.cards.find((one) => one.letter === letter);
      return this.criteria.filter(({ key }) => card && this.markOf(card, key) === undefined);
    },
    look(criterion, target) {
      const mark = this.shown(criterion);
      const half = Number.isInteger(target) ? "" : "is-half";
      return [half, mark === target ? "is-chosen" : mark > target ? "is-below" : ""];
    },
    reachable(criterion, place) {
      const chosen = this.targets.indexOf(this.shown(criterion));
      return place === Math.max(0, chosen);
    },
    press(event) {
      const turned = pressed(event);
      if (turned) this.turn(turned);
    },
    open(letter) {
      this.turn({ letter, sheet: "answer", isChecking: false });
    },
    turn(change) {
      const { round, letter, at } = this;
      const now = this.isHere ? at : { round, letter, sheet: "answer", isChecking: false };
      this.at = { ...now, ...change };
      remember(this.keep, this.at);
    },
    // Which appeal is drawn beside the answer hangs on what the server knows of this.
    tell() {
      if (!this.walks || !this.letter) return;
      this.toldBy = window.socket?.id;
      this.$emit("turned", { round: this.round, letter: this.letter });
    },
    draw() {
      if (this.walks) show(this.face);
    },
    touch(criterion, mark) {
      const { round, letter } = this;
      const item = { id: newId(), round, letter, criterion, mark };
      this.waiting[this.place(letter, criterion)] = item;
      this.wanted = "";
      this.store();
      this.send(item);
      this.late = this.count();
    },
    // The server may take up what comes together in any order: of one place one mark is under way
    // at a time, and without a line none is left in the socket to come after a later one.
    send(item) {
      const [now, place] = [Date.now(), `${item.round}/${item.letter}/${item.criterion}`];
      const was = this.since.get(place) ?? { first: now, last: 0, id: item.id };
      const isBusy = was.id !== item.id && now - was.last <= AGAIN_MS;
      const isSent = Boolean(window.socket?.connected) && !isBusy;
      this.since.set(place, isSent ? { first: was.first, last: now, id: item.id } : was);
      if (isSent) this.$emit("touched", item);
    },
    walk(event, criterion, place) {
      const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      const target = this.targets[place + step];
      if (target === undefined) return;
      event.preventDefault();
      event.currentTarget.parentElement.children[place + step].focus();
      this.touch(criterion, target);
    },
    settled(id) {
      for (const [place, item] of Object.entries(this.waiting))
        if (item.id === id) {
          delete this.waiting[place];
          this.since.delete(place);
        } else if (this.since.get(place).id === id) {
          this.since.get(place).last = 0;
          this.send(item);
        }
      this.store();
      this.late = this.count();
    },
    want(criterion) {
      this.wanted = "";
      this.$nextTick(() => (this.wanted = criterion));
    },
    store() {
      sessionStorage.setItem(this.keep, JSON.stringify(this.waiting));
    },
    isLate(place) {
      return !this.isLive || Date.now() - this.since.get(place).first > LATE_MS;
    },
    // What was once said to wait is said to wait until it is saved.
    count() {
      const late = Object.keys(this.waiting).filter(this.isLate);
      for (const place of late) this.since.get(place).first = 0;
      return late.length;
    },
    listen() {
      if (this.heard || !window.socket) return;
      this.heard = window.socket.on("connect", this.lookAgain).on("disconnect", this.lookAgain);
    },
    lookAgain() {
      this.listen();
      this.isLive = Boolean(window.socket?.connected);
      this.late = this.count();
      if (!this.isLive) return;
      if (window.socket.id !== this.toldBy) this.tell();
      const now = Date.now();
      for (const [place, item] of Object.entries(this.waiting))
        if (this.isLate(place) && now - this.since.get(place).last > AGAIN_MS) this.send(item);
    },
  },
};
