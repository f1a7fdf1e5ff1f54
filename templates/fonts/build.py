"""Cuts the embedded fonts: build.py SERIF_PACKAGE SANS_PACKAGE KAI_FOLDER OUT."""

import bz2
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

UNIHAN = "/usr/share/unicode/Unihan_OtherMappings.txt.bz2"


def gb2312():
    chars = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                chars.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return chars


def standard_characters():
    """The Table of General Standard Chinese Characters: Unihan's kTGH."""
    chars = set()
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("\t")
            if len(fields) == 3 and fields[1] == "kTGH":
                chars.add(int(fields[0][2:], 16))
    assert len(chars) == 8105, len(chars)
    return chars


def common():
    """What headings and titles are made of: GB 2312, the standard characters
    (place names use the rare ones), Latin, punctuation, numbered and full-width forms."""
    ranges = [(0x20, 0x7F), (0xA0, 0x180), (0x2000, 0x2070), (0x2100, 0x2200), (0x2460, 0x2500),
              (0x2E3A, 0x2E3B), (0x3000, 0x3040), (0x3200, 0x3380), (0xFE30, 0xFE50), (0xFF00, 0xFFF0)]
    chars = gb2312() | standard_characters()
    for first, end in ranges:
        chars |= set(range(first, end))
    return chars


def cut(source, target, chars=None, names=None):
    # A bare stamp: the same packages give the same bytes.
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    # The PDF's text is horizontal and set one character at a time.
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chars or font.getBestCmap().keys())
    subsetter.subset(font)
    if names:
        table = font["name"]
        for name_id, text in names.items():
            table.removeNames(nameID=name_id)
            table.setName(text, name_id, 3, 1, 0x409)
        for record in list(table.names):
            if record.langID != 0x409:
                table.removeNames(langID=record.langID)
    font.save(target)


def main():
    serif, sans, kai, out = sys.argv[1:]
    chars = common()
    cut(f"{serif}/400Regular/NotoSerifSC_400Regular.ttf", f"{out}/NotoSerifSC-Regular.ttf")
    cut(f"{serif}/700Bold/NotoSerifSC_700Bold.ttf", f"{out}/NotoSerifSC-Bold.ttf", chars)
    cut(f"{sans}/500Medium/NotoSansSC_500Medium.ttf", f"{out}/NotoSansSC-Medium.ttf", chars)
    # LXGW is a reserved font name: a cut font must not bear it.
    cut(f"{kai}/LXGWWenKai-Regular.ttf", f"{out}/NianbaoKai-Regular.ttf", chars, {
        1: "Nianbao Kai", 2: "Regular", 3: "Nianbao Kai 1.250", 4: "Nianbao Kai", 6: "NianbaoKai-Regular",
    })


main()
