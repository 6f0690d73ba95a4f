"""A document that the site publishes itself, with what a reader wants to know before opening it."""

from dataclasses import dataclass

# The languages of the United Kingdom and those most spoken there besides, by their subtags (RFC 5646, 2.2.1).
_LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "cs": "Czech",
    "cy": "Welsh",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "ga": "Irish",
    "gd": "Scottish Gaelic",
    "gu": "Gujarati",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ku": "Kurdish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "pa": "Punjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "so": "Somali",
    "sq": "Albanian",
    "ta": "Tamil",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


@dataclass(frozen=True)
class HostedFile:
    """A PDF in ``docs/files/``."""

    name: str
    size: int = 0  # bytes; 0 where it was not looked at
    language: str = ""  # a tag such as "en-GB" (BCP 47); "" where it was not looked at

    @property
    def facts(self) -> str:
        """Its type, size and language in words: ``PDF, 120 kB, in English``."""
        return ", ".join(["PDF", *filter(None, (self._size, self._language))])

    @property
    def _size(self) -> str:
        if self.size >= 999_500:
            return f"{self.size / 1_000_000:.1f} MB"
        return f"{max(1, round(self.size / 1000))} kB" if self.size else ""

    @property
    def _language(self) -> str:
        name = _LANGUAGES.get(self.language.partition("-")[0].lower())
        return f"in {name}" if name else f"language {self.language}" if self.language else ""
