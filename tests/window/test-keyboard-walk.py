"""Bar 18, whole: every page of every person by the keyboard alone. Whatever can be pressed or written in
is reached by Tab and the arrows, is in sight and shows that it has the focus, and the way leads round."""
import time

import ways
from driver import App, Example, Focus, run
from walk import Screen, Stops, Walk, go_to

made = Example()
app = App(made.shefali, made.state, extra=made.around)
focus, stops, screen = Focus(), Stops(app), Screen()


class Tour:
    """All pages of one person; what is wrong with each."""

    def __init__(self, person):
        self.person, self.pages, self.acts, self.rings = person, 0, 0, 0
        self.wrong = []
        ways.enter(app, person)

    def page(self, name, *keys):
        begun = time.monotonic()
        if keys:
            app.key(*keys)
        ways.still(app)
        walk = Walk(app, stops, screen)
        try:
            walk.round()
        except AssertionError as problem:
            self.wrong.append("%s: %s" % (name, problem))
        for what, found in (("not reached", walk.unreached()), ("out of sight", walk.hidden), ("no focus seen", walk.plain)):
            if found:
                self.wrong.append("%s: %s: %s" % (name, what, ", ".join(found[:8])))
        self.pages += 1
        self.acts += len(walk.reached)
        self.rings += walk.rings
        print("# %s, %s: %d reached, %d rings, %.0f s" % (self.person, name, len(walk.reached), walk.rings,
                                                          time.monotonic() - begun))

    def done(self):
        assert not self.wrong, "%d: %s" % (len(self.wrong), "; ".join(self.wrong))
        return "0 acts need a pointer on %d pages, %d stops, %d looked at" % (self.pages, self.acts, self.rings)


SECTIONS = ("plan", "health", "counselling", "court", "family", "papers", "outcomes", "daily life")


def sections(tour, count):
    ways.her_page(app, "bakul")
    tour.page("her page")
    for name in SECTIONS[:count]:
        tour.page("her " + name, "ctrl+Next")


def bar_18_before_anybody_is_in():
    app.find_window()
    app.wait("Sunanda")
    tour = Tour.__new__(Tour)
    tour.person, tour.pages, tour.acts, tour.rings, tour.wrong = "nobody", 0, 0, 0, []
    tour.page("unlock")
    go_to(app, stops, "Passphrase")
    return tour.done()


def bar_18_all_pages_of_the_superintendent():
    tour = Tour("Sunanda")
    for number, name in enumerate(("Today", "Children", "Centre", "Exchange", "To review", "Backup and check"), 1):
        tour.page(name, "alt+%d" % number)
    tour.page("welcome a child", "ctrl+n")
    tour.page("preferences", "ctrl+comma")
    go_to(app, stops, "My page", "button")
    tour.page("my page", "Return")
    tour.page("keys", "ctrl+question")
    tour.page("help", "F1")
    return tour.done()


def bar_18_her_page_in_all_its_sections():
    tour = Tour("Sunanda")
    sections(tour, 8)
    go_to(app, stops, "More about this page", "button")
    app.key("Return")
    ways.still(app)
    app.key("Down", "Return")
    tour.page("who opened it")
    return tour.done()


def bar_18_forms_of_all_kinds():
    tour = Tour("Sunanda")
    for form in ("Health check", "Care plan", "Progress of the care plan"):
        ways.her_page(app, "bakul")
        ways.write(app, focus, form)
        app.wait("Save")
        tour.page(form)
    return tour.done()


def bar_18_all_pages_of_the_counsellor():
    tour = Tour("Mitali")
    for number, name in enumerate(("Today", "Children", "To review"), 1):
        tour.page(name, "alt+%d" % number)
    app.key("alt+1")
    ways.still(app)
    tour.page("session", "Return")
    return tour.done()


def bar_18_all_pages_of_the_house_mother():
    tour = Tour("Rokeya")
    tour.page("Today", "alt+1")
    return tour.done()


def bar_18_all_pages_of_the_nurse():
    tour = Tour("Sima")
    for number, name in enumerate(("Today", "Children", "To review"), 1):
        tour.page(name, "alt+%d" % number)
    return tour.done()


def bar_18_all_pages_of_the_legal_officer():
    tour = Tour("Lata")
    for number, name in enumerate(("Today", "Children", "To review"), 1):
        tour.page(name, "alt+%d" % number)
    return tour.done()


try:
    run([bar_18_before_anybody_is_in, bar_18_all_pages_of_the_superintendent, bar_18_her_page_in_all_its_sections,
         bar_18_forms_of_all_kinds, bar_18_all_pages_of_the_counsellor, bar_18_all_pages_of_the_house_mother,
         bar_18_all_pages_of_the_nurse, bar_18_all_pages_of_the_legal_officer])
finally:
    app.kill()
    made.remove()
