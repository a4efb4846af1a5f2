/** What the parts that are loaded later share with the assistant that is on the page already. */
export const { HERE, LANGUAGES, Stream, button, element, icon, iconButton, save, text, toggle } =
  customElements.get("wenban-assistant").kit;
