/** Cards of applications, papers and checked answers, loaded once a conversation has begun. */
import { cardsIn } from "./widget/cards/cards.js";

export default cardsIn;
