"""The schemas by which editors complete and underline: what they say is what the loader says, as far as a schema can say it."""

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.edit.input_schema import input_schema
from register.load.data_files import FILES, DataFile
from register.load.loader import load
from registers import SAMPLE, TODAY
from typed_records import TypedRecord, good_records, odd_records, refusals, schema_errors

SAMPLE_REGISTER = load(SAMPLE / "data", TODAY)
SCHEMAS = {data_file.name: input_schema(data_file, SAMPLE_REGISTER) for data_file in FILES}
BY_NAME = {data_file.name: data_file for data_file in FILES}

# What a schema cannot say: the loader refuses it, by problems of these kinds. The check says it a second later.
BEYOND_A_SCHEMA = {
    "not-in-text": "a text holds an email address, a telephone number or a web address",
    "reading-direction": "a text holds an invisible mark",
    "control-character": "a text holds an invisible character",
    "placeholder": "an address is one that stands for another",
    "not-public": "an address leads into a private network",
    "site-address": "an address is none of this site",
}


def of_the_register(error: jsonschema.ValidationError) -> bool:
    """Whether a schema refuses an id or a number only because the register has none such: a rule of the loader's says that."""
    if error.validator == "maximum":
        return error.schema["maximum"] == SAMPLE_REGISTER.header.total
    scalar = isinstance(error.instance, str | int | float) and 1 <= len(str(error.instance).strip()) <= 200
    return scalar and "enumDescriptions" in error.schema


@pytest.mark.parametrize("data_file", FILES, ids=lambda data_file: data_file.name)
def test_a_schema_and_the_loader_agree_on_records(data_file: DataFile) -> None:
    good, odd = good_records(data_file, SAMPLE_REGISTER), odd_records(data_file, SAMPLE_REGISTER)
    seen = {"taken": 0, "refused": 0}

    @settings(max_examples=3 * settings.default.max_examples)
    @given(st.one_of(good, odd, odd))
    def agree(typed: TypedRecord) -> None:
        by_loader = [problem for problem in refusals(typed) if problem.kind not in BEYOND_A_SCHEMA]
        by_schema = [error for error in schema_errors(typed, SCHEMAS[data_file.name]) if not of_the_register(error)]
        assert bool(by_loader) == bool(by_schema), f"{typed.text}\n{by_loader}\n{by_schema}"
        seen["refused" if by_loader else "taken"] += 1

    agree()
    assert min(seen.values()) >= 10, seen
