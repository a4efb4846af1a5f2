/** Where the panel stands: in the page, floating at its corner, or over the whole of a phone's screen. */
const PHONE = matchMedia("(max-width: 40rem)");

export class Layout {
  #panel;
  #launcher;
  #inline;
  opened = false;

  constructor(panel, launcher, inline) {
    this.#panel = panel;
    this.#launcher = launcher;
    this.#inline = inline;
    PHONE.addEventListener("change", this.apply);
    visualViewport?.addEventListener("resize", this.#fitKeyboard);
    panel.node.addEventListener("cancel", () => panel.onClose());
    panel.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && this.#mode() === "floating") panel.onClose();
    });
  }

  open() {
    this.opened = true;
    this.apply();
    if (this.#mode() === "phone") this.#panel.log.focus();
    else this.#panel.composer.focus();
  }

  close() {
    this.opened = false;
    this.apply();
    if (!this.#launcher.hidden) this.#launcher.focus();
  }

  /** Let go of the screen; another layout takes over. */
  end() {
    PHONE.removeEventListener("change", this.apply);
    visualViewport?.removeEventListener("resize", this.#fitKeyboard);
  }

  /** Show the panel as the screen and the citizen want it. */
  apply = () => {
    const mode = this.#mode();
    const dialog = this.#panel.node;
    const shown = this.#inline || this.opened;
    this.#launcher.hidden = shown;
    if (dialog.dataset.layout === mode && dialog.open === shown) return;
    if (dialog.open) dialog.close();
    dialog.dataset.layout = mode;
    if (!shown) return;
    if (mode === "phone" && dialog.isConnected) dialog.showModal();
    else dialog.setAttribute("open", "");
    this.#panel.log.toEnd();
    this.#fitKeyboard();
  };

  #mode() {
    if (this.#inline) return "inline";
    return PHONE.matches ? "phone" : "floating";
  }

  /** Keep the composer above a phone's keyboard, which some browsers lay over the page. */
  #fitKeyboard = () => {
    const fits = this.#mode() === "phone" && visualViewport?.scale === 1; // else the citizen has zoomed in
    this.#panel.node.style.height = fits ? `${visualViewport.height}px` : "";
    if (fits) this.#panel.log.toEnd();
  };
}
