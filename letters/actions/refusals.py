"""Why a deed cannot be: each text is a sentence for the person who tried."""


class Refused(Exception):
    """The deed cannot be."""


class Gone(Refused):
    def __init__(self) -> None:
        super().__init__("This letter was thrown away meanwhile.")


class AlreadySent(Refused):
    def __init__(self) -> None:
        super().__init__("This letter has gone out, so its words stay as they were sent.")


class WithAdvisor(Refused):
    def __init__(self) -> None:
        super().__init__("Your advisor has this letter. Wait for the answer, or take it back.")


class NotReady(Refused):
    """Something in the letter must be put right before it goes."""


class WrongDay(Refused):
    """The day that was named is the trouble."""


class NotYet(WrongDay):
    def __init__(self) -> None:
        super().__init__("That day is still ahead. Write it down when the letter is on its way.")


class YearIsWrong(WrongDay):
    def __init__(self) -> None:
        super().__init__("Check the year: that is too long ago.")


class NoAddress(Refused):
    def __init__(self) -> None:
        super().__init__("There is no e-mail for this person yet. Add it, or send it yourself.")


class OnItsWay(Refused):
    def __init__(self) -> None:
        super().__init__("This letter is on its way. It cannot be called back.")


class NothingFailed(Refused):
    def __init__(self) -> None:
        super().__init__("This letter is on its way already.")


class NobodyToAsk(Refused):
    def __init__(self) -> None:
        super().__init__("You have no advisor yet. The career office can name you one.")


class Answered(Refused):
    def __init__(self) -> None:
        super().__init__("This letter was answered or taken back before.")


class NoSuchWords(Refused):
    def __init__(self) -> None:
        super().__init__("Choose the words that you mean, in the letter or from the list.")
