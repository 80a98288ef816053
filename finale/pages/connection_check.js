// What this device can do for the show, measured by the page itself over its own socket: the round
// trip, a text that is saved and read back, the room on the screen. Looked at again whenever the
// socket comes back, and told to the server, so that the host knows.
const TRIPS = 5;
const SLOW_MS = 250;
const PATIENCE_MS = 5000;
const LOOK_MS = 1000;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const newText = () => `${Date.now().toString(36)} ${Math.random().toString(36).slice(2)}`;

export default {
  template: `
    <section class="check panel stack snug" aria-label="Connection check">
      <div class="line spread">
        <h2 class="heading">Connection check</h2>
        <button type="button" class="check-again" :disabled="isBusy" @click="run">{{
          isBusy ? "Checking" : "Check again" }}</button>
      </div>
      <div role="status"><ul class="check-rows">
        <li v-for="row in rows" :key="row.name" class="check-row" :data-check="row.name"
          :data-state="row.state">
          <span class="icon" aria-hidden="true" v-html="icons[row.state]"></span>
          <span class="bold">{{ row.name }}</span>
          <span :class="row.state === 'bad' ? 'alarm bold' : 'quiet'">{{ row.text }}</span>
        </li>
      </ul></div>
    </section>`,
  props: { icons: Object, least: Array, model: Array },
  emits: ["asked", "found"],
  data: () => ({ isBusy: false, ms: null, isSaved: null, width: 0, height: 0 }),
  computed: {
    hasRoom() {
      return this.width >= this.least[0] && this.height >= this.least[1];
    },
    rows() {
      const rows = [this.tripRow(), this.savedRow(), this.roomRow()];
      if (this.model) rows.splice(2, 0, { name: "Model", state: this.model[0], text: this.model[1] });
      return rows;
    },
  },
  mounted() {
    this.serial = 0;
    this.waiting = new Map();
    this.isAway = false;
    this.measure();
    addEventListener("resize", this.resized);
    this.timer = setInterval(this.look, LOOK_MS);
    this.run();
  },
  beforeUnmount() {
    removeEventListener("resize", this.resized);
    clearInterval(this.timer);
  },
  methods: {
    tripRow() {
      const name = "Connection";
      if (this.ms === null) return { name, state: "open", text: "Measuring" };
      if (this.ms < 0) return { name, state: "bad", text: "No answer. Tell the host." };
      if (this.ms > SLOW_MS) return { name, state: "bad", text: `Slow: ${this.ms} ms. Tell the host.` };
      return { name, state: "good", text: `Good: ${this.ms} ms` };
    },
    savedRow() {
      const name = "Saving";
      if (this.isSaved === null) return { name, state: "open", text: "Measuring" };
      if (!this.isSaved) return { name, state: "bad", text: "Not saved. Tell the host." };
      return { name, state: "good", text: "Saved and read back" };
    },
    roomRow() {
      const size = `${this.width}×${this.height}`;
      if (this.hasRoom) return { name: "Screen", state: "good", text: `Fits: ${size}` };
      const least = this.least.join("×");
      return { name: "Screen", state: "bad", text: `Too small: ${size}, at least ${least}` };
    },
    measure() {
      [this.width, this.height] = [innerWidth, innerHeight];
    },
    resized() {
      const had = this.hasRoom;
      this.measure();
      if (had !== this.hasRoom && !this.isBusy) this.tell();
    },
    look() {
      if (!window.socket?.connected) this.isAway = true;
      else if (this.isAway) this.run();
    },
    async run() {
      if (this.isBusy) return;
      this.isBusy = true;
      this.isAway = false;
      const trips = [];
      while (trips.length < TRIPS && !trips.includes(-1)) trips.push((await this.ask("")).ms);
      const text = newText();
      const answer = await this.ask(text);
      this.ms = trips.includes(-1) ? -1 : Math.round(median(trips));
      this.isSaved = answer.text === text;
      this.isBusy = false;
      this.tell();
    },
    tell() {
      this.$emit("found", { ms: this.ms, is_saved: this.isSaved, has_room: this.hasRoom });
    },
    // One trip: a text is saved, and what the store then holds comes back; no text, no saving.
    ask(text) {
      const serial = (this.serial += 1);
      const began = performance.now();
      return new Promise((done) => {
        const end = (ms, said) => {
          clearTimeout(late);
          this.waiting.delete(serial);
          done({ ms, text: said });
        };
        const late = setTimeout(() => end(-1, null), PATIENCE_MS);
        this.waiting.set(serial, (said) => end(performance.now() - began, said));
        this.$emit("asked", { serial, text });
      });
    },
    answered(serial, text) {
      this.waiting.get(serial)?.(text);
    },
  },
};
