// The three scales of a scorecard. A touch shows at once and waits in the browser's session until
// the server has said that it is saved; what waits is sent again after a gap or a reload, under the
// same id, so that nothing is lost and nothing counts twice.
const LATE_MS = 1000;
const AGAIN_MS = 3000;

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

export default {
  template: `
    <div class="marks" :class="{ 'is-late': late > 0, 'is-turning': turning }">
      <section v-for="criterion in criteria" :key="place(criterion.key)" class="mark"
        :class="{ 'is-wanted': wanted === criterion.key }">
        <div class="mark-head">
          <h3 class="heading">{{ criterion.label }}</h3>
          <span class="mark-question quiet">{{ criterion.question }}</span>
          <span class="mark-value" aria-hidden="true">{{ shown(criterion.key) ?? "–" }}</span>
        </div>
        <div v-if="facts[criterion.key]" class="mark-facts">
          <span v-for="[value, caption] in facts[criterion.key]" :key="caption">
            <b>{{ value }}</b> {{ caption }}</span>
        </div>
        <div class="mark-targets" role="radiogroup" :aria-label="criterion.label">
          <button v-for="(target, place) in targets" :key="target" type="button" role="radio"
            :aria-checked="shown(criterion.key) === target ? 'true' : 'false'"
            :tabindex="reachable(criterion.key, place) ? 0 : -1"
            :class="look(criterion.key, target)" :disabled="turning"
            @click="touch(criterion.key, target)"
            @keydown="walk($event, criterion.key, place)">{{ target }}</button>
        </div>
        <div class="mark-anchors quiet" aria-hidden="true">
          <span v-for="anchor in criterion.anchors" :key="anchor">{{ anchor }}</span>
        </div>
      </section>
      <p v-if="late > 0" class="marks-late bold" role="status">
        {{ late === 1 ? "1 mark waits" : late + " marks wait" }}
        on this tablet and will send {{ late === 1 ? "itself" : "themselves" }}.</p>
    </div>`,
  props: {
    criteria: Array,
    targets: Array,
    keep: String,
    round: Number,
    letter: String,
    marks: Object,
    facts: Object,
  },
  emits: ["touched"],
  data: () => ({ waiting: {}, late: 0, wanted: "", asked: "" }),
  computed: {
    turning() {
      return this.asked !== "" && this.asked !== this.letter;
    },
  },
  watch: {
    letter() {
      this.asked = "";
    },
    round() {
      this.asked = "";
    },
  },
  created() {
    this.since = new Map();
  },
  mounted() {
    this.waiting = JSON.parse(sessionStorage.getItem(this.keep) ?? "{}");
    for (const item of Object.values(this.waiting)) this.send(item);
    this.timer = setInterval(this.lookAgain, LATE_MS);
    document.addEventListener("click", this.turn, true);
  },
  beforeUnmount() {
    clearInterval(this.timer);
    document.removeEventListener("click", this.turn, true);
  },
  methods: {
    // Also the key of what is drawn: a press that began on one answer never ends on the next.
    place(criterion) {
      return `${this.round}/${this.letter}/${criterion}`;
    },
    shown(criterion) {
      return this.waiting[this.place(criterion)]?.mark ?? this.marks[criterion];
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
    // Between the tap on another answer and its arrival a touch would go to the answer before,
    // however long it takes; only a tap that went down with its connection is waited for no more.
    turn(event) {
      const letter = event.target.closest?.("[data-opens]")?.dataset.opens;
      if (!letter || !window.socket?.connected) return;
      this.asked = letter;
      this.askedBy = window.socket.id;
    },
    touch(criterion, mark) {
      const { round, letter } = this;
      const item = { id: newId(), round, letter, criterion, mark };
      this.waiting[this.place(criterion)] = item;
      this.wanted = "";
      this.store();
      this.send(item);
    },
    send(item) {
      const now = Date.now();
      this.since.set(item.id, { first: this.since.get(item.id)?.first ?? now, last: now });
      this.$emit("touched", item);
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
        if (item.id === id) delete this.waiting[place];
      this.store();
      this.late = Math.min(this.late, Object.keys(this.waiting).length);
    },
    want(criterion) {
      this.wanted = "";
      this.$nextTick(() => (this.wanted = criterion));
    },
    store() {
      sessionStorage.setItem(this.keep, JSON.stringify(this.waiting));
    },
    lookAgain() {
      const now = Date.now();
      const late = Object.values(this.waiting).filter(
        (item) => now - this.since.get(item.id).first > LATE_MS,
      );
      this.late = late.length;
      if (!window.socket?.connected || window.socket.id !== this.askedBy) this.asked = "";
      if (!window.socket?.connected) return;
      for (const item of late) if (now - this.since.get(item.id).last > AGAIN_MS) this.send(item);
    },
  },
};
