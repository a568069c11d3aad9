"""The whole day of the nurse and of the legal officer by the keyboard alone: every form that they may open is opened,
written, saved and where it can be finished; what they must not see stands on no page of theirs."""
import ways
from driver import App, Example, Focus, NotSeen, run

made = Example()
focus = Focus()
app = App(made.shefali, made.state, extra=made.around)
SECTIONS = ("Overview", "Plan", "Health", "Counselling", "Court", "Family", "Papers", "Outcomes", "Daily life")
# what others wrote in the example, by who reads it
NAMES = ("Udaharan", "উদাহরণ")
COUNSELLING = ("Drew the river", "CRIES-8", "WHO-5", "PHQ-A")
seen = set()


def look():
    """Everything that this person was shown."""
    seen.update(app.words().split("\n"))


def enter(person):
    seen.clear()
    ways.enter(app, person)
    app.wait("In the house tonight")
    look()


def find(text, hit, words):
    app.key("alt+1")
    app.wait("In the house tonight")
    focus.forget()
    app.key("ctrl+f")
    focus.wait("Find a child")
    app.type(text)
    app.wait(hit)
    app.key("Return")
    app.wait(words)


def offered():
    """What the menu Write offers, by its key and the arrows."""
    ways.open_write(app, focus)
    names = []
    while focus.told[-1][1] not in names and len(names) < 30:
        names.append(focus.told[-1][1])
        focus.step(app, "Down")
    app.key("Escape")
    app.settle(0.3)
    return names


def go_to_field(words):
    for _ in range(60):
        if focus.told and words in focus.told[-1][1] and "text" in focus.told[-1][0]:
            return
        focus.step(app, "Tab")
    raise NotSeen("Tab does not come to “%s”: %s" % (words, focus.told[-60:]))


def write(field, text):
    go_to_field(field)
    app.type(text)


def save():
    app.key("ctrl+s")
    app.wait("Saved at")
    look()


def finish():
    app.key("ctrl+Return")
    app.wait_any(("After that only corrections can be added.", "Finish anyway"))
    app.settle(0.3)
    app.key("Return")
    app.wait("Finished and signed by")
    look()


def form(alias, name, field, text, finishes):
    find(alias, alias.capitalize() + " · ", "What happened")
    ways.write(app, focus, name)
    app.wait("Sections")
    focus.wait("")
    write(field, text)
    finish() if finishes else save()


def house_form(text, hit, field, finishes):
    focus.forget()
    find(text, hit, "Sections")
    write(field, "All were calm today.")
    finish() if finishes else save()


def sections(alias):
    """All parts of her page; who may read none of one is told who does."""
    find(alias, alias.capitalize() + " · ", "What happened")
    look()
    for _ in SECTIONS[1:]:
        app.key("ctrl+Next")
        app.settle(0.4)
        look()
    app.key("ctrl+h")
    app.settle(0.4)
    look()


def must_not_have_seen(*words):
    shown = "\n".join(seen)
    found = [w for w in words if w in shown]
    assert not found, "shown: %s" % [line for line in seen if any(w in line for w in found)][:6]


def the_nurse_writes_what_is_hers():
    enter("Sima")
    find("bakul", "Bakul · ", "What happened")
    assert offered() == ["Health check", "What helps and what to watch", "See her today"], offered()
    form("bakul", "Health check", "What she complains of", "A sore throat since yesterday.", False)
    form("bakul", "What helps and what to watch", "Food she needs", "No nuts.", False)
    house_form("something", "Something happened", "words", False)
    return "3 offered, 2 written, and what happened in the house"


def the_nurse_does_not_see_what_is_not_hers():
    sections("bakul")
    must_not_have_seen(*NAMES, *COUNSELLING)
    return "%d lines of words" % len(seen)


def the_legal_officer_writes_what_is_hers():
    enter("Lata")
    find("bakul", "Bakul · ", "What happened")
    assert offered() == ["Court case", "Court hearing", "Order of the committee", "See her today"], offered()
    form("bakul", "Court case", "Case numbers", "CC 12 of 2026", False)
    form("bakul", "Court hearing", "Court", "Example court", True)
    form("bakul", "Order of the committee", "Committee", "Example committee", False)
    return "4 offered, 3 written, 1 finished"


def the_legal_officer_does_not_see_what_is_not_hers():
    sections("bakul")
    must_not_have_seen(*COUNSELLING, "A sore throat")
    return "%d lines of words" % len(seen)


try:
    run([the_nurse_writes_what_is_hers, the_nurse_does_not_see_what_is_not_hers, the_legal_officer_writes_what_is_hers,
         the_legal_officer_does_not_see_what_is_not_hers])
finally:
    app.kill()
    made.remove()
