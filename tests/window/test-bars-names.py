"""Bar 22: every widget that can take the focus has a name of its own, on every page, for every role; it is said once,
and without the mark of an access key."""
import re

import ways
from driver import App, Atspi, Example, Focus, run

made = Example()
focus = Focus()
app = App(made.shefali, made.state, extra=made.around)
seen = {}
TYPE = re.compile(r"^(Gtk|Adw|San)[A-Z]\w*$")       # what GTK says of a widget that has no name


def is_said_twice(name):
    words = name.split()
    half = len(words) // 2
    return half > 0 and len(words) % 2 == 0 and words[:half] == words[half:]


def nameless(page):
    """Without a name, with the underscore of an access key in it, or with its words twice."""
    nodes = [n for n in ways.still(app) if n.has(Atspi.StateType.FOCUSABLE)]
    bare = []
    for node in nodes:
        if not node.name.strip() or TYPE.match(node.name) or "_" in node.name or is_said_twice(node.name):
            bare.append("%s: %s “%s”" % (page, node.role, node.name))
    seen[page] = len(nodes)
    return bare


def pages_of(person, pages, further=()):
    bare = []
    ways.enter(app, person)
    for number in range(1, pages + 1):
        app.key("alt+%d" % number)
        bare += nameless("%s %d" % (person, number))
    for page, first, keys in further:
        if first:                       # a page of the sidebar, with its first row under her hands
            focus.forget()
            app.key(first)
            focus.wait(", bed ", "list item")
        app.key(*keys)
        bare += nameless("%s %s" % (person, page))
    assert not bare, "%d without a name: %s" % (len(bare), "; ".join(bare[:40]))
    return "0 of %d without a name, %d pages" % (sum(n for p, n in seen.items() if p.startswith(person)),
                                                  sum(1 for p in seen if p.startswith(person)))


def sections(count):
    return [("section %d" % n, None, ["ctrl+Next"]) for n in range(1, count)]


EVERYWHERE = [("welcome a child", None, ["ctrl+n"]), ("preferences", None, ["ctrl+comma"]), ("keys", None, ["ctrl+question"]),
              ("help", None, ["F1"]), ("menu", None, ["F10"]), ("out of the menu", None, ["Escape"])]
HER_PAGE = [("her page", "alt+2", ["Return"])]


def bar_22_names_before_anybody_is_in():
    app.find_window()
    app.wait("Sunanda")
    bare = nameless("unlock")
    assert not bare, bare
    return "0 of %d without a name" % seen["unlock"]


def bar_22_names_for_the_superintendent():
    return pages_of("Sunanda", 6, EVERYWHERE + [("first of Today", "alt+1", ["Return"])] + HER_PAGE + sections(9))


def bar_22_names_for_the_counsellor():
    return pages_of("Mitali", 3, [("session", "alt+1", ["Return"]), ("scale", "alt+1", ["Down", "Return"])] + HER_PAGE
                    + sections(4))


def bar_22_names_for_the_nurse():
    return pages_of("Sima", 2, [("first of Today", "alt+1", ["Return"])] + HER_PAGE)


def bar_22_names_for_the_house_mother():
    return pages_of("Rokeya", 1, [("welcome a child", None, ["Return"]), ("day's note", None, ["alt+1", "Tab", "Return"]),
                                  ("something happened", None, ["alt+1", "Tab", "Tab", "Return"])])


def bar_22_names_for_the_legal_officer():
    return pages_of("Lata", 3, HER_PAGE + sections(9))


def bar_22_names_for_the_case_worker():
    return pages_of("Anjali", 4, [("first of Today", "alt+1", ["Return"])] + HER_PAGE)


try:
    run([bar_22_names_before_anybody_is_in, bar_22_names_for_the_superintendent, bar_22_names_for_the_counsellor,
         bar_22_names_for_the_nurse, bar_22_names_for_the_house_mother, bar_22_names_for_the_legal_officer,
         bar_22_names_for_the_case_worker])
finally:
    app.kill()
    made.remove()
