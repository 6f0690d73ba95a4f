"""Forms on GitHub for those who would rather not see YAML: made of the register, and read again when one was filled in.

A form that somebody sent is text with a heading before each answer (GitHub's issue forms). It is a stranger's: nothing in it
is run, and what its headings do not allow is refused.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from register.edit.data_text import as_yaml
from register.edit.input_fields import InputField, input_fields
from register.model import Check, Register, Update, Withdrawal
from register.problems import InputError, UnusableValue

FOLDER = ".github/ISSUE_TEMPLATE"
LONGEST = 65_536  # signs of a form: GitHub allows no more
FormName = Literal["update", "confirm-help-line", "correct-update"]
FORM_NAMES: tuple[FormName, ...] = get_args(FormName)

_MADE_BY = "# Made by 'make forms' of the model and the register. Do not change it by hand.\n"
_ONE_LINE = 120  # signs: what may be longer gets a field of several lines
_EMPTY = "_No response_"  # what GitHub writes for an answer that was left out
_FIRST = (
    "**Everything you write here is public.** Do not name or describe anyone who was harmed, not even without a name.\n"
    'If you or somebody else is in danger, call 999. Help lines stand on the page "Get help now" of the site.\n\n'
    "When you have sent it, somebody of the partnership looks at it. If it is right, it becomes a change that a second person "
    "reads before anything is published."
)
_WITHDRAW, _EDIT = "It is wrong: withdraw it", "Its words need mending"


class UnusableForm(InputError):
    """A form that was sent cannot be used; the text says why, for the person who sent it."""


@dataclass(frozen=True)
class FormField:
    """One question of a form."""

    id: str
    label: str
    description: str = ""
    options: tuple[str, ...] = ()  # if one of them is chosen
    long: bool = False
    required: bool = False
    wanted: InputField | None = None  # what it fills in

    def answer(self, typed: str, today: datetime.date) -> str | None:
        """Return what was answered as a command's option takes it; None if nothing was.

        Raises:
            UnusableValue: it cannot be that.
        """
        typed = "" if typed in ("", _EMPTY) else typed
        if not typed:
            if self.required:
                raise UnusableValue("form-empty", "is empty", "fill it in")
            return None
        if self.options and typed not in self.options:
            raise UnusableValue("form-option", f"cannot be '{typed[:60]}'", "choose one of the list")
        if self.wanted:
            self.wanted.read(typed, today)
        return typed


@dataclass(frozen=True)
class Form:
    """One form: what it is called, and its questions in order."""

    name: FormName
    title: str
    description: str
    fields: tuple[FormField, ...]

    @property
    def path(self) -> str:
        """Where it stands in the project's folder."""
        return f"{FOLDER}/{self.name}.yml"

    def text(self) -> str:
        """Return it as GitHub reads it: YAML, by its "Syntax for issue forms"."""
        body = [_markdown(_FIRST), *(element for field in self.fields for element in _elements(field))]
        made = {"name": self.title, "description": self.description, "title": f"{self.title}: ", "body": body}
        return _MADE_BY + as_yaml(made)


@dataclass(frozen=True)
class FilledForm:
    """A form that somebody sent, and its answers by the ids of its questions."""

    form: Form
    answers: dict[str, str]


def forms(register: Register) -> list[Form]:
    """Return the forms of a register: the words that can be chosen are its own."""
    return [_update(register), _confirm(register), _correct(register)]


def read_form(body: str, register: Register, today: datetime.date) -> FilledForm:
    """Return which form was filled in, and what was answered.

    Args:
        body: the text that GitHub made of it.
        register: its words are those that can have been chosen.
        today: for dates in words, such as "yesterday".

    Raises:
        UnusableForm: it is none of the forms, or answers cannot be used; every one is named.
    """
    if len(body) > LONGEST:
        raise UnusableForm(f"the form has more than {LONGEST:,} signs (shorten the answers)")
    body = body.replace("\r\n", "\n")
    for form in forms(register):
        headings = [f"### {field.label}" for field in form.fields]
        if headings == [line for line in body.split("\n") if line in headings]:
            return FilledForm(form, _answers(form, body, today))
    raise UnusableForm(
        "this is none of the forms, or one of its headings was changed or stands twice (send the form again, and leave out "
        "lines that begin with '###')"
    )


def _answers(form: Form, body: str, today: datetime.date) -> dict[str, str]:
    headings = "|".join(re.escape(field.label) for field in form.fields)
    parts = re.split(rf"(?m)^### (?:{headings})$", body)
    answers, wrong = dict[str, str](), list[str]()
    for field, part in zip(form.fields, parts[1:], strict=True):
        try:
            if (answer := field.answer(part.strip(), today)) is not None:
                answers[field.id] = answer
        except UnusableValue as refused:
            wrong.append(f"{field.label}: {refused}")
    if wrong:
        raise UnusableForm("\n".join(wrong))
    return answers


def _markdown(text: str) -> dict[str, object]:
    """Words between questions; GitHub leaves them out of what is sent."""
    return {"type": "markdown", "attributes": {"value": text}}


def _elements(field: FormField) -> Iterator[dict[str, object]]:
    meanings = [
        choice for choice in (field.wanted.choices if field.wanted and field.options else ()) if choice.definition
    ]
    if meanings:
        listed = "\n".join(f"- {choice.label}: {' '.join(choice.definition.split())}" for choice in meanings)
        yield _markdown(f"{field.label}:\n\n{listed}")
    yield _element(field)


def _element(field: FormField) -> dict[str, object]:
    kind = "dropdown" if field.options else "textarea" if field.long else "input"
    attributes: dict[str, object] = {"label": field.label}
    if field.description:
        attributes["description"] = field.description
    if field.options:
        attributes["options"] = list(field.options)
    element: dict[str, object] = {"type": kind, "id": field.id, "attributes": attributes}
    return {**element, "validations": {"required": True}} if field.required else element


# ── what each form asks ─────────────────────────────────────────────────────────────────────────


def _update(register: Register) -> Form:
    fields = input_fields(Update, register)
    names = (name for name in fields if name not in ("recorded", "edited", "withdrawn"))
    return Form(
        "update",
        "Add an update",
        "Something happened, or was decided, about a recommendation.",
        (_number(register), *(_of_field(fields[name]) for name in names)),
    )


def _confirm(register: Register) -> Form:
    contacts = tuple(contact.id for contact in register.contacts)
    return Form(
        "confirm-help-line",
        "Confirm a help line",
        "You rang or asked a service, and what the site says of it is right.",
        (
            FormField(
                "contact", "Service", "The service, by its short name in data/contacts.yml.", contacts, required=True
            ),
            _of_field(input_fields(Check, register)["by"]),
        ),
    )


def _correct(register: Register) -> Form:
    words = input_fields(Update, register)
    by, why = (input_fields(Withdrawal, register)[name] for name in ("by", "reason"))
    return Form(
        "correct-update",
        "Correct an update",
        "An update was wrong, or its words need mending. What was said stays visible.",
        (
            _number(register),
            FormField(
                "update",
                "Update",
                'Its number, as it stands on the recommendation\'s page: 3 for "update 3".',
                required=True,
            ),
            FormField("what", "What is to be done", options=(_WITHDRAW, _EDIT), required=True),
            FormField("why", "Why", why.description, long=True, required=True, wanted=why),
            FormField("by", "By", f"Needed to withdraw it. {by.description}", wanted=by),
            FormField(
                "note",
                "New note",
                "Only to mend its words: the note as it should read.",
                long=True,
                wanted=words["note"],
            ),
            FormField("reason", "New reason", "Only to mend its words: the reason.", long=True, wanted=words["reason"]),
        ),
    )


def _number(register: Register) -> FormField:
    numbers = tuple(str(record.number) for record in register.recommendations)
    return FormField("number", "Recommendation", "The inquiry's number.", numbers, required=True)


def _of_field(wanted: InputField) -> FormField:
    options = () if wanted.many else tuple(_options(wanted))
    description = wanted.description
    if wanted.many:
        description = f"{description} Several with commas between them."
    long = wanted.holds == "text" and wanted.longest > _ONE_LINE
    return FormField(wanted.name, wanted.label, description, options, long, wanted.required, wanted)


def _options(wanted: InputField) -> Iterator[str]:
    """The words of a list: as readers see them where each is one of its own, else their ids."""
    labels = [choice.label for choice in wanted.choices]
    for choice in wanted.choices:
        yield choice.label if labels.count(choice.label) == 1 else choice.id


def is_withdrawal(filled: FilledForm) -> bool:
    """Return whether a correction takes the whole update back."""
    return filled.answers["what"] == _WITHDRAW
