"""What pages show: for each, one module that works out what is shown and one template that shows it.

A module's presenter is a frozen dataclass: a snapshot goes in, the values of the template of the same name come out.
Presenters hold no HTML and templates work nothing out. Written pages reach a presenter through ``register.site.macros``,
pages made from the register through ``register.site.generated_pages``.
"""
