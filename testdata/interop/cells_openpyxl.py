"""Prints what openpyxl reads of each workbook named: a line of JSON a file, by sheet
and cell, or null where it cannot be opened."""
import datetime, json, multiprocessing, sys, warnings
import openpyxl
from openpyxl.utils.datetime import to_excel

warnings.simplefilter("ignore")


def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)):
        return to_excel(value)
    return value


def read(name):
    try:
        book = openpyxl.load_workbook(name, data_only=True)
        return {s.title: {c.coordinate: plain(c.value) for row in s.iter_rows() for c in row if c.value is not None} for s in book.worksheets}
    except Exception as error:
        print(name, error, file=sys.stderr)


if __name__ == "__main__":
    with multiprocessing.Pool() as pool:
        for cells in pool.imap(read, sys.argv[1:], 8):
            print(json.dumps(cells))
