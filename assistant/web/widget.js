/** The script that a portal includes: `<script type="module" src="…/web/widget.js">` and `<wenban-assistant>`. */
import { WenbanAssistant } from "./widget/assistant_element.js";

customElements.define("wenban-assistant", WenbanAssistant);
