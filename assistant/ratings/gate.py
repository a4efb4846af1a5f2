"""What a citizen's message means while a rating is asked for: a level or a reason, or nothing to do with it."""

from __future__ import annotations

from actions.reply import Choice, Reply
from actions.status import AnswerStatus
from assistant.ratings.book import RatingBook
from storage.errors import RatingClosed
from storage.rating_records import Awaits, Rating


class RatingGate:
    """Take a rating that is said, and let everything else through to the dialogue."""

    def __init__(self, book: RatingBook) -> None:
        """Keep where ratings are given."""
        self.book = book
        self._words = book.policy.words

    def take(self, conversation_id: str, text: str) -> Reply | None:
        """Return the reply to a rating, a reason or a no to both; None where the message is something else.

        `text` has its personal data masked.
        """
        rating = self.book.awaiting(conversation_id)
        if rating is None:
            return None
        try:
            return self._level(rating, text) if rating.awaits is Awaits.LEVEL else self._reason(rating, text)
        except RatingClosed:
            return Reply(AnswerStatus.SMALLTALK, self.book.texts("rating_closed"))

    def _level(self, rating: Rating, text: str) -> Reply | None:
        level, why = self._words.level(text), ""
        if level is None:
            level, why = self._words.level_and_why(text) or (None, "")
        if level is None:
            return self._declined(rating, text)
        given = self._give(rating, level, why)
        if given.awaits is not Awaits.REASON:
            return Reply(AnswerStatus.RATED, self.book.thanks(given))
        labels = [reason.label for reason in self.book.policy.reasons_for(rating.subject.kind)]
        return Reply(
            AnswerStatus.RATED,
            self.book.texts("why", level=self.book.policy.labels[level]),
            choices=tuple(Choice(label, does="chat") for label in (*labels, self.book.texts("skip"))),
        )

    def _reason(self, rating: Rating, text: str) -> Reply | None:
        assert rating.given is not None
        if not self._words.why(text):
            return self._declined(rating, text)
        return Reply(AnswerStatus.RATED, self.book.thanks(self._give(rating, rating.given.level, text)))

    def _give(self, rating: Rating, level: int, why: str) -> Rating:
        comment = "" if self._words.is_label(why) else why[: self.book.policy.longest_comment]
        reasons = self._words.why(why) if why else ()
        return self.book.give(rating.id, rating.subject.conversation_id, level, reasons, comment)

    def _declined(self, rating: Rating, text: str) -> Reply | None:
        if not self._words.declines(text):
            return None
        self.book.ratings.settle(rating.id, rating.subject.conversation_id)
        return Reply(AnswerStatus.SMALLTALK, self.book.texts("declined"))
