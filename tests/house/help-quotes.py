#!/usr/bin/env python3
"""What the help quotes stands in the window, word for word, and in each language as it stands there."""
import glob
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
# how the pages speak of a child: no label
NOT_LABELS = {"she", "the child"}


def entries(path):
    """msgid and msgstr of a catalogue, joined; of a plural the first of each."""
    text = subprocess.run(["msgattrib", "--no-wrap", "--no-obsolete", path], check=True, capture_output=True,
                          encoding="utf-8", env=dict(os.environ, LC_ALL="C.UTF-8")).stdout
    for block in text.split("\n\n"):
        words = {"msgid": "", "msgstr": ""}
        at = None
        for line in block.splitlines():
            begin = re.match(r"(msgid_plural|msgid|msgstr(?:\[\d\])?|msgctxt) ", line)
            if begin:
                at = {"msgid": "msgid", "msgstr": "msgstr", "msgstr[0]": "msgstr"}.get(begin.group(1))
            if at and '"' in line:
                words[at] += line[line.index('"') + 1:line.rindex('"')]
        if words["msgid"]:
            yield words["msgid"].replace('\\"', '"'), words["msgstr"].replace('\\"', '"')


def plain(label):
    """As it is read: without its access key."""
    return re.sub(r"\s*\(_[A-Za-z]\)", "", label).replace("_", "")


def paragraphs(path):
    with open(path, encoding="utf-8") as page:
        for text in re.findall(r"<(?:title|p)>(.*?)</(?:title|p)>", page.read(), re.S):
            yield " ".join(text.replace("&amp;", "&").split())


def gather(work):
    """All words of the programme and its definitions, without the help."""
    with open(TOP + "/po/POTFILES", encoding="utf-8") as files, open(work + "/files", "w", encoding="utf-8") as rest:
        rest.writelines(line for line in files if not line.startswith("data/help/"))
    subprocess.run(["xgettext", "--from-code=UTF-8", "-k_", "-kN_", "-kngettext:1,2", "-kC_:1c,2", "-kNC_:1c,2", "-f",
                    work + "/files", "-o", work + "/all.pot"], check=True, cwd=TOP,
                   env=dict(os.environ, GETTEXTDATADIRS=TOP + "/data"))
    return {plain(label) for label, _ in entries(work + "/all.pot")}


def main():
    wrong = []
    with tempfile.TemporaryDirectory() as work:
        labels = gather(work)
    catalogues = {}
    for language in ("hi", "bn", "mr"):
        whole = dict(entries("%s/po/%s.po" % (TOP, language)))
        catalogues[language] = whole, {plain(label): plain(words) for label, words in whole.items()}
    for path in sorted(glob.glob(TOP + "/data/help/*.page")):
        for text in paragraphs(path):
            for label in set(re.findall("“(.*?)”", text)) - NOT_LABELS:
                where = "%s: “%s”" % (os.path.basename(path), label)
                if label not in labels:
                    wrong.append(where + " stands nowhere in the window")
                for language, (whole, words) in catalogues.items():
                    # what is not translated is said by validate-translations.sh
                    if whole.get(text) and words.get(label) and "“%s”" % words[label] not in whole[text]:
                        wrong.append("%s is “%s” in %s, not what its help says" % (where, words[label], language))
    print("\n".join(wrong) or "every label that the help quotes stands in the window")
    return 1 if wrong else 0


sys.exit(main())
