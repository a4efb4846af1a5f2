/** The card that asks how a service was, loaded when it is asked. */
import { RatingCard } from "./widget/rating/rating_card.js";

export default RatingCard;
