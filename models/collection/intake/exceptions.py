"""Why something that came from outside cannot be taken."""


class Unfit(ValueError):
    """What was written is no answer; :meth:`question._plain_sentence` says why in words.

    :param reason: a key of its sentences
    :param facts: what the sentence names
    """

    def __init__(self, reason, **facts):
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class PlainError(ValueError):
    """An answer that its writer can correct: ``code`` of the question, ``sentence`` for them."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Unreadable(ValueError):
    """Answers that their writer can correct: ``errors`` is ``{code: sentence}``."""

    def __init__(self, errors):
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class OtherPayload(ValueError):
    """The same uuid came before with other content: ``submission`` is what came first."""

    def __init__(self, submission):
        super().__init__(submission.uuid)
        self.submission = submission
