/** The assistant's face in English; guides and choices stay Chinese. */
export const TEXTS = {
  // The assistant
  "assistant.name": "Wenban",
  "assistant.title": "Wenban assistant",
  "assistant.open": "Open the Wenban assistant",
  "assistant.close": "Close",
  "assistant.restart": "Start over",
  "assistant.typing": "Looking it up",
  "assistant.jump": "New message",
  "assistant.loading": "Connecting…",
  "assistant.demo": "Demo",
  "identity.signed_in": "Signed in: {name}",
  "identity.demo": "Demo identity: {name}",
  "identity.none": "Not signed in",
  "assistant.log": "Conversation",
  "log.scroller": "What was said; scroll up and down",
  "log.earlier": "Show what was said before",

  "composer.label": "What would you like to do",
  "composer.placeholder": "Say it in your own words",
  "composer.placeholder.simple": "Write here",
  "composer.placeholder_staff": "Write to the member of staff",
  "composer.send": "Send",
  "composer.hint": "Enter sends, Shift + Enter begins a new line",
  "composer.count": "{count} / {limit}",
  "composer.over": "{over} characters too many: please shorten it",

  "speaker.citizen": "You: ",
  "speaker.assistant": "Wenban: ",
  "speaker.staff": "Staff {name}: ",
  "speaker.system": "Note: ",
  "masked.value": "{kind} hidden",
  "choices.label": "Choose one",

  "message.offline": "You are offline: it was not sent, and will be sent once you are back",
  "message.too_many": "That was too quick: please wait a few seconds",
  "message.refused": "This was not accepted: please change it and send again",
  "message.retry": "Send again",
  "message.discard": "Delete",

  "source.summary": "Sources · {count}",
  "source.field": "About",
  "source.origin": "Source",
  "source.checked": "Checked on",
  "source.unchecked": "Not checked yet",
  "source.sample_origin": "Sample data",
  "source.sample": "A sample guide: your local guide prevails",
  "source.guide": "Guide “{name}”",
  "source.rephrased": "Reworded by a language model",
  "source.plain": "The guide's own words",

  "urgent.heading": "An emergency: please call at once",
  "urgent.call": "Call {number}",

  "handoff.queued": "Waiting for a member of staff",
  "handoff.position": "In the queue: {ahead} before you",
  "handoff.next": "In the queue: you are next",
  "handoff.minutes": ", about {minutes} min",
  "handoff.leave": "Stop waiting",
  "handoff.message": "Leave a message",
  "handoff.with_person": "{name}, a member of staff, is here for you",
  "handoff.joined": "{name}, a member of staff, has joined",
  "handoff.typing": "{name} is typing",
  "handoff.read": "Read",
  "handoff.left": "The member of staff has left; the assistant goes on",

  "approval.waiting": "A member of staff is checking this",

  "rating.before_restart": "Thank you. If you like, rate this service above first.",

  "connection.poor": "The network is unsteady: reconnecting. What you wrote is not lost",
  "connection.offline": "You are offline; what you write is kept and sent once you are back",
  "connection.expired": "This conversation is over: please start a new one",
  "start.failed": "Cannot connect: please check your network and try again",
  "start.busy": "Many people are using this: please try again in a while",
  "start.retry": "Try again",
  "part.failed": "Part of this could not be loaded: please check your network and try again",
  "error.retry": "Send that again",

  "restart.heading": "Start a new conversation?",
  "restart.body": "What was said is cleared from the page; what was submitted stays submitted.",
  "restart.confirm": "Start over",
  "restart.cancel": "Go on with this one",

  // Settings
  "settings.open": "Settings: text size, language, elder mode",

  // Speaking
  "speech.open": "Speak instead",
  "speech.label": "Speaking",
  "speech.read": "Read this reply aloud",
  "speech.check": "Please check: send it if it is right, or correct it",

  // What is said for the citizen: the assistant understands simplified Chinese
  "say.leave": "不等了",
  "say.message": "改为留言",
};
