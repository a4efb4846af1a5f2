"""The failures of storage: one class a failure, each with a sentence."""

from __future__ import annotations


class StorageError(Exception):
    """Something that storage could not do; the message says what and why."""


class KeyFileError(StorageError):
    """The key file is missing, empty or not a key."""


class Undecipherable(StorageError):
    """A stored value was not written with any of the keys at hand."""


class DatabaseFull(StorageError):
    """The disk or the database's quota is full."""


class DatabaseReadOnly(StorageError):
    """The database may be read and not written."""


class DatabaseBusy(StorageError):
    """Another writer held the database for longer than the waiting time."""


class DatabaseUnreachable(StorageError):
    """The database could not be opened or did not answer."""


class DatabaseDamaged(StorageError):
    """The file is not a database, or a damaged one."""


class SchemaMissing(StorageError):
    """The tables are not there: `upgrade` has not run."""


class NewerSchema(StorageError):
    """The database was written by a newer release of this program."""


class AuditUnwritten(StorageError):
    """The audit trail takes no entry, so that what was to be entered was not done either."""


class IdentityMismatch(StorageError):
    """The conversation belongs to another person already."""


class DraftGone(StorageError):
    """The draft was submitted or discarded meanwhile, so that it cannot be saved."""


class ApplicationUnknown(StorageError):
    """No application has this id or receipt number."""


class ApplicationMoved(StorageError):
    """The application was moved on by somebody else since it was looked at."""


class SlotTaken(StorageError):
    """No seat is left in this window of the day."""


class AlreadyBooked(StorageError):
    """This person has an appointment for this matter on this day."""


class TransitionRefused(StorageError):
    """The state machine of applications or handoffs does not know this step."""


class HandoffUnknown(StorageError):
    """No handoff has this id."""


class HandoffTaken(StorageError):
    """Another member of staff has this conversation already."""


class HandoffMeant(StorageError):
    """This conversation is kept for a colleague or a department it was transferred to."""


class WrongCredentials(StorageError):
    """The account and the password do not belong together."""


class AccountLocked(StorageError):
    """The account is locked after too many failures, or disabled."""


class AccountExists(StorageError):
    """An account of this name exists already."""


class WeakPassword(StorageError):
    """The password is shorter than the rule asks."""


class RevisionUnknown(StorageError):
    """No revision has this id."""


class RevisionStepRefused(StorageError):
    """The revision's state does not allow this step: only a draft is edited, only a submitted one decided."""


class DraftChanged(StorageError):
    """The draft was saved elsewhere meanwhile, so that saving would overwrite it."""


class NotTheAuthor(StorageError):
    """Only the author edits or withdraws a draft."""


class FourEyesRequired(StorageError):
    """Whoever wrote a revision cannot approve or return it: a second person must."""


class BaseOvertaken(StorageError):
    """Another revision of the item was approved since this draft was begun."""


class WindowEmpty(StorageError):
    """The revision would end before it begins, or has ended already."""


class DraftUnknown(StorageError):
    """No answer was drafted under this id."""


class DraftDecided(StorageError):
    """It was noted before that this draft was sent."""


class HeldAnswerUnknown(StorageError):
    """No answer waits for approval under this id."""


class AlreadyDecided(StorageError):
    """Somebody else has decided about this answer already."""


class RatingUnknown(StorageError):
    """No rating was asked under this id in this conversation."""


class RatingClosed(StorageError):
    """The rating was asked or given too long ago to be given or changed now."""


class FollowUpUnknown(StorageError):
    """No follow-up has this id."""
