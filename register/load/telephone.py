"""Which telephone numbers can be rung in the United Kingdom: ordinary ones, short ones, and ones kept for drama."""

import phonenumbers

EMERGENCY_NUMBERS = ("999", "112")
# Numbers of their own kind, which no plan of area codes holds, each with what makes it known.
SHORT_NUMBERS = {
    "999": "emergency services",
    "112": "emergency services, throughout Europe",
    "18000": "emergency services, for text relay",
    "101": "police, not an emergency",
    "105": "power cuts",
    "111": "NHS, not an emergency",
    "119": "NHS, for coronavirus: test and trace, vaccination",
    "159": "banks, about fraud",
    # Numbers of social value that are the same throughout Europe (Commission Decision 2007/116/EC and its additions).
    "116000": "missing children",
    "116006": "victims of crime",
    "116111": "helplines for children",
    "116117": "a doctor, not an emergency",
    "116123": "emotional support",
}
# Ofcom keeps a thousand numbers behind each of these for television and radio drama: nobody answers there.
_KEPT_FOR_DRAMA = (
    "01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960", "01314960", "01414960",
    "01514960", "01614960", "02079460", "01914980", "02896496", "02920180", "01632960", "07700900", "08081570",
    "09098790", "03069990",
)  # fmt: skip


def is_kept_for_drama(number: str) -> bool:
    """Return whether a number is one of those that Ofcom keeps for drama, so that nobody is rung by mistake."""
    digits = _national(number)
    return len(digits) == len("01632960000") and digits.startswith(_KEPT_FOR_DRAMA)


def can_be_rung(number: str) -> bool:
    """Return whether a number is a short one that is known, or fits the United Kingdom's numbering plan.

    By Google's libphonenumber. It does not tell whether anybody answers, nor whether it is the right service.
    """
    if number.replace(" ", "") in SHORT_NUMBERS:
        return True
    try:
        read = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return False
    return read.country_code == 44 and phonenumbers.is_valid_number(read)


def _national(number: str) -> str:
    """The digits as they are dialled within the country."""
    digits = number.replace(" ", "")
    return f"0{digits[3:]}" if digits.startswith("+44") else digits
