"""What the kiosk says, in the language that is active. Names in braces are filled by its script."""

from typing import Any, Final

from django.utils.translation import gettext_lazy, override

LANGUAGES: Final = ("nl", "fr", "de", "en")
REASONS: Final[dict[str, Any]] = {
    "unreadable": gettext_lazy(
        "This is not a badge, a card, a national number or a Limosa number. Try again."
    ),
    "notHere": gettext_lazy(
        "A bare number does not count on this site: only you yourself register, with your "
        "badge, your card or your eID."
    ),
    "notRead": gettext_lazy("This device was not enrolled to read that. Use another means."),
    "unknown": gettext_lazy("Nobody on this site has this means. Ask your employer."),
    "blocked": gettext_lazy("This means is blocked. Ask your employer for another one."),
    "ambiguous": gettext_lazy(
        "Two firms on this site gave out this badge. Use another means and tell your employer."
    ),
    "simulated": gettext_lazy("A simulated card does not count here."),
    "future": gettext_lazy("The clock of this kiosk is wrong. Tell the contractor."),
    "past": gettext_lazy("The day is over: a past day is not registered. Tell your employer."),
    "employer": gettext_lazy(
        "It was not said for whom you work. Identify yourself again: you are asked then."
    ),
    "situationChanged": gettext_lazy(
        "You registered something else meanwhile. Identify yourself again."
    ),
    "notAuthorized": gettext_lazy(
        "The enterprise of this kiosk may not register for your employer. Use your badge, "
        "your card or your eID."
    ),
    "busy": gettext_lazy("Too many tries in a short time. Wait a minute."),
    "other": gettext_lazy("It was not taken. Register on your phone, or tell your employer."),
}
_WORDS: Final[dict[str, Any]] = {
    "title": gettext_lazy("Register your presence"),
    "noScript": gettext_lazy(
        "This kiosk signs what it sends, so it needs JavaScript. Register on your phone with the "
        "poster of the site, or ask your employer to register you."
    ),
    "noKeys": gettext_lazy(
        "This browser cannot keep a key: open the kiosk over https, and not in a private window. "
        "Until then register on your phone with the poster of the site."
    ),
    "setUp": gettext_lazy("Initialise this kiosk"),
    "setUpText": gettext_lazy(
        "The contractor who enrolled the device has a code of twelve letters, valid for fifteen "
        "minutes."
    ),
    "code": gettext_lazy("One-time code"),
    "pairing": gettext_lazy("Pairing code of the eID reader, if there is one"),
    "initialise": gettext_lazy("Initialise"),
    "codeWrong": gettext_lazy(
        "No kiosk waits for this code. Check its letters, or ask for a new one: it lasts fifteen "
        "minutes and works once."
    ),
    "pairingWrong": gettext_lazy(
        "The pairing code begins with a number and is shown by the program of the eID reader. "
        "Leave it empty without a reader."
    ),
    "ask": gettext_lazy("Hold your badge or card before the reader, or put in your eID"),
    "askNumber": gettext_lazy("Or type your national number or Limosa number"),
    "field": gettext_lazy("Badge, card or number"),
    "go": gettext_lazy("Continue"),
    "scan": gettext_lazy("Read a card with the camera"),
    "scanLooking": gettext_lazy("Hold the code of the card before the camera."),
    "scanNothing": gettext_lazy("No code was read yet. Come nearer and hold still."),
    "scanCamera": gettext_lazy("The camera did not open. Use the reader, or tell the contractor."),
    "scanClose": gettext_lazy("Close"),
    "eidReady": gettext_lazy("eID: put your card into the reader."),
    "eidAway": gettext_lazy("The eID reader does not answer. Use your badge or card."),
    "simulated": gettext_lazy("Simulated eID reader"),
    "wait": gettext_lazy("One moment …"),
    "who": gettext_lazy("Is this you?"),
    "unnamed": gettext_lazy("Number {number}"),
    "read": gettext_lazy("Your means was read."),
    "employer": gettext_lazy("For whom do you work here? Press the number."),
    "employerKept": gettext_lazy(
        "No network: if you work for several firms here, press the number of the one of now."
    ),
    "oneFirm": gettext_lazy("I work for one firm here"),
    "open": gettext_lazy(
        "At {time} you registered without a network and did not say for whom. Say it now."
    ),
    "settle": gettext_lazy("Register it"),
    "settleText": gettext_lazy("What you did at {time}; then identify yourself again"),
    "day": gettext_lazy("I am here today"),
    "in": gettext_lazy("Start"),
    "out": gettext_lazy("End"),
    "inText": gettext_lazy("I start, or go on after a break"),
    "outText": gettext_lazy("I stop, or take a break"),
    "back": gettext_lazy("That is not me: back"),
    "done": gettext_lazy("Registered"),
    "doneAgain": gettext_lazy("You were registered already. It counts once."),
    "receipt": gettext_lazy("Receipt number"),
    "kept": gettext_lazy("Kept on this kiosk, not registered yet"),
    "keptDay": gettext_lazy("It is sent as soon as there is a network, until midnight."),
    "keptAct": gettext_lazy(
        "It is sent as soon as there is a network. After ten minutes a request for correction is "
        "prepared instead: tell your employer."
    ),
    "prepared": gettext_lazy(
        "Too late to be registered. A request for correction is ready under “My corrections”."
    ),
    "refused": gettext_lazy("Not registered"),
    "next": gettext_lazy("Next person"),
    "more": gettext_lazy("Any key gives you more time."),
    "ended": gettext_lazy("This kiosk was ended"),
    "endedText": gettext_lazy(
        "Nothing can be registered here any more. Register on your phone with the poster of the "
        "site, or ask your employer."
    ),
    "offline": gettext_lazy("No network: what is registered now is kept and sent later."),
    "waitingOne": gettext_lazy("1 registration waits to be sent."),
    "waitingMany": gettext_lazy("{count} registrations wait to be sent."),
    "reasons": REASONS,
}


def kiosk_words(steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Everything in the four languages, as plain text: the kiosk changes without a network.

    ``steps``: label and sentence of each step of the button.
    """
    told = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = _plain({**_WORDS, "steps": steps})
    return told


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    return str(tree)
