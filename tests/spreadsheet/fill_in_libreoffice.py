"""Opens a workbook in LibreOffice, types into cells as a person would, and saves it as .xlsx, .ods and .csv.

Run by the system's Python, which has LibreOffice's own module: ``fill_in_libreoffice.py PIPE WORKBOOK CELLS.json FOLDER``.
The cells are [sheet, column, row, text] each. It prints, as JSON, how each cell was shown afterwards.
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.util.NumberFormat import TEXT

FILTERS = {
    "xlsx": ("Calc MS Excel 2007 XML", ""),
    "ods": ("calc8", ""),
    # The second sheet, with ";" (59) and in Windows-1252 (1), then with "," (44) and in UTF-8 (76); cells as shown.
    "semicolons.csv": ("Text - txt - csv (StarCalc)", "59,34,1,1,,2057,false,true,true,false,false,2"),
    "commas.csv": ("Text - txt - csv (StarCalc)", "44,34,76,1,,2057,false,true,true,false,false,2"),
}


def properties(**values):
    """Return values as LibreOffice takes them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def desktop(pipe):
    """Return the LibreOffice that listens at a pipe, once it does."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def main(pipe, workbook, cells, folder):
    """Fill in and save; LibreOffice ends then."""
    office = desktop(pipe)
    document = office.loadComponentFromURL(Path(workbook).as_uri(), "_blank", 0, properties(Hidden=True))
    shown = []
    for sheet, column, row, text in json.loads(Path(cells).read_text("utf-8")):
        cell = document.Sheets.getByName(sheet).getCellByPosition(column, row)
        # As typed by the keyboard: a cell with the format "text" keeps it, else it may become a date, a number or a formula.
        as_text = document.NumberFormats.getByKey(cell.NumberFormat).Type & TEXT
        (cell.setString if as_text else cell.setFormula)(text)
        shown.append(cell.getString())
    for name, (kind, options) in FILTERS.items():
        path = Path(folder, name if "." in name else f"filled.{name}")
        document.storeToURL(path.as_uri(), properties(FilterName=kind, FilterOptions=options))
    document.close(True)
    print(json.dumps(shown))
    office.terminate()


main(*sys.argv[1:])
