/** What the parts that are loaded later share with the assistant that is on the page already. */
export const { CHINESE, HERE, LANGUAGES, Stream, button, element, icon, iconButton, offerButton, prose, spoken, text, toggle } =
  customElements.get("wenban-assistant").kit;
