#!/usr/bin/python3
"""Every picture that a page names is there: drawn in ui/icons, or in the theme that GTK brings.
Themes drop pictures; what Debian 13 lacks and Debian 12 has must be our own on both."""
import glob
import os
import re
import sys

try:
    import gi
    gi.require_version("Gtk", "4.0")
    from gi.repository import Gtk
except (ImportError, ValueError):
    print("no Gtk for Python here")
    sys.exit(77)

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
LEFT = {"emblem-important-symbolic", "emblem-system-symbolic"}      # all other emblems are gone from the theme
NAME = re.compile(r'["\'>]([a-z0-9]+(?:-[a-z0-9]+)*-symbolic)["\'<]')

own = {os.path.basename(path)[:-len(".svg")] for path in glob.glob(TOP + "/ui/icons/**/*.svg", recursive=True)}
theme = Gtk.IconTheme()
theme.set_theme_name("Adwaita")
named = {}
for pattern in ("src/app/**/*.c", "ui/*.ui", "data/forms/**/*.xml*"):
    for path in glob.glob(os.path.join(TOP, pattern), recursive=True):
        with open(path, encoding="utf-8") as file:
            for name in NAME.findall(file.read()):
                named.setdefault(name, os.path.relpath(path, TOP))
missing = sorted(name for name in named if name not in own and
                 (name.startswith("emblem-") and name not in LEFT or not theme.has_icon(name)))
for name in missing:
    print("%s: %s is in no theme and not in ui/icons" % (named[name], name))
if len(named) < 20:
    missing.append("")
    print("only %d names found: are they written otherwise now?" % len(named))
sys.exit(1 if missing else 0)
