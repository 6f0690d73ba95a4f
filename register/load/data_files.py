"""Which files ``data/`` consists of: for each, the part of the register that it fills and the kind of record it holds."""

from dataclasses import dataclass

from register import model


@dataclass(frozen=True)
class DataFile:
    """One file of ``data/``."""

    name: str
    fills: str  # a field of ``model.Register``
    kind: type[model.Record]
    many: bool = True  # whether it is a list of records, or one record
    noun: str = ""  # how messages name a record, with its key: "recommendation 12"; the key alone if empty
    key: str = "id"
    optional: bool = False  # whether it may be missing: then it holds nothing
    never_empty: bool = False  # whether a list in it holds at least one record

    @property
    def path(self) -> str:
        """Where it stands in the project's folder: ``data/links.yml``."""
        return f"data/{self.name}"


FILES = (
    DataFile("register.yml", "header", model.Header, many=False, noun="register"),
    DataFile("recommendations.yml", "recommendations", model.Recommendation, noun="recommendation", key="number"),
    DataFile("links.yml", "links", model.Link),
    DataFile("contacts.yml", "contacts", model.Contact, never_empty=True),
    DataFile("topics.yml", "topics", model.Topic),
    DataFile("timeline.yml", "timeline", model.Milestone, noun="milestone of", key="date"),
    DataFile("reported_results.yml", "reported_results", model.ReportedResult, optional=True),
    DataFile("redirects.yml", "redirects", model.Redirect, noun="redirect from", key="from", optional=True),
    DataFile("language.yml", "language", model.AvoidedWords, noun="words", key="instead", optional=True),
    DataFile("exceptions.yml", "exceptions", model.GuardException, noun="exception for", key="words", optional=True),
    DataFile("search.yml", "search", model.SearchWords, many=False, noun="search words", optional=True),
    DataFile("proved.yml", "proof", model.ReportProof, many=False, noun="proof", optional=True),
    DataFile("accessibility.yml", "statement", model.Statement, many=False, noun="accessibility statement"),
)
