/** What a question may ask about an item, as data/asks names it. */
export const FACETS = ["general", "apply", "materials", "steps", "time", "fee", "place", "conditions", "validity", "track"];
