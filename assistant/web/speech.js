/** What speaking needs, loaded when somebody wants to speak or to listen. */
import { Speech } from "./widget/speech/speech.js";

export default Speech;
