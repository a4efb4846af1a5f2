/** The script that a page includes: `<script type="module" src="…/web/widget.js">` and `<wenban-assistant>`. */
import { WenbanAssistant } from "./widget/assistant_element.js";

if (!customElements.get("wenban-assistant")) customElements.define("wenban-assistant", WenbanAssistant);
