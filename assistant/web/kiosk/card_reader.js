/** Read an ID card: ask for it, wait, and say what came of it. */
import { Refused } from "../widget/api.js";
import { text } from "../wording.js";
import { readCard } from "./api.js";

export class CardReader {
  #visit;
  #notice;
  #onCard;
  #reading = null;

  /** `notice` shows the sentences; `onCard({name, id_number})` hears a card that was read. */
  constructor(visit, notice, onCard) {
    this.#visit = visit;
    this.#notice = notice;
    this.#onCard = onCard;
  }

  /** Wait for a card, until it is read, none comes or the citizen goes back. */
  async read() {
    this.stop();
    const reading = (this.#reading = new AbortController());
    this.#notice.show("card", `${text("kiosk.card_wait")}\n${text("kiosk.card_wait_help")}`, {
      sign: "back",
      label: text("kiosk.back"),
      act: () => this.stop(),
    });
    try {
      const card = await readCard(this.#visit, reading.signal);
      if (reading.signal.aborted) return;
      this.#notice.close();
      if (card) this.#onCard(card);
      else this.#notice.show("card", text("kiosk.card_none"), { sign: "restart", label: text("kiosk.again"), act: () => this.read() });
    } catch (error) {
      const said = error instanceof Refused ? error.sentence : null;
      if (!reading.signal.aborted) this.#notice.show("alert", said ?? text("kiosk.card_failed"));
    }
  }

  /** Wait no longer. */
  stop() {
    this.#reading?.abort();
    this.#reading = null;
  }
}
