"""What the bars of time and memory measure, for the tests (few, judged far from the goal) and the
benchmark (many, judged at the goal). Each returns one line with its figures."""
import os
import statistics
import time

from probe import Probed, judge, milliseconds

SOME_PAGES = ["Plan", "Health", "Court", "Family", "Papers", "Outcomes", "Daily life", "Overview"]


def best(values):
    """The machine's other work only ever adds: the least is the window's own."""
    return min(values)


def bar_15(app, rounds=3):
    """Cover, lock, and the keys that go with it."""
    cover, lock, keys = [], [], []
    for _ in range(rounds):
        at = app.press("F12")
        cover.append(milliseconds(at, app.shown(app.first("mark", "covered", since=at).at)))
        app.quiet()
        app.press("space")
        app.quiet()
        at = app.press("ctrl+l")
        lock.append(milliseconds(at, app.shown(app.first("mark", "locked", since=at).at)))
        keys.append(milliseconds(at, app.first("mark", "keys-gone", since=at).at))
        app.quiet()
        again(app)
    return judge("bar 15", [("cover", best(cover), 50, "ms"), ("lock", best(lock), 300, "ms"),
                            ("keys gone", best(keys), 1000, "ms")])


def again(app, words="example words only here"):
    """Unlocks as the person who was there; when Enter was pressed."""
    app.write(words, 0.012)
    at = app.press("Return")
    app.first("mark", "opened", since=at)
    app.quiet()
    return at


def bar_16(app, rounds=3):
    """One field and one stroke until Today is filled, and how much of it the passphrase takes."""
    opened, filled = [], []
    for _ in range(rounds):
        app.press("alt+1")
        app.quiet()
        app.press("ctrl+l")
        app.quiet()
        at = again(app)
        opened.append(milliseconds(at, app.first("mark", "opened", since=at).at))
        answer = app.first("answer", "SanTodayPage", since=at)
        filled.append(milliseconds(at, app.shown(answer.at)))
    return judge("bar 16", [("Today filled", best(filled), 1500, "ms"), ("the passphrase", best(opened), None, "ms")])


def bar_2(app, letters="bak", rounds=3):
    """From each letter to what it finds, on the screen; and what a letter costs the window itself."""
    shown, own = [], []
    for _ in range(rounds):
        app.press("alt+1")
        app.quiet()
        app.press("ctrl+f")
        app.quiet()
        for letter in letters:
            at = app.press(letter)
            answer = app.first("answer", "SanFind", since=at)
            shown.append(milliseconds(at, app.shown(answer.at)))
            app.quiet()
            own.append(max([cpu for _, cpu, _ in app.stalls(at)] + [0]))
        app.press("Escape")
        app.quiet()
    return judge("bar 2", [("a letter to its hits", statistics.median(shown), 150, "ms"),
                           ("the window computes", statistics.median(own), 16, "ms of computing")])


def first_rows(app, rounds=3):
    times = []
    for _ in range(rounds):
        app.press("alt+1")
        app.quiet()
        at = app.press("alt+2")
        answer = app.first("answer", "SanChildrenPage", since=at)
        times.append(milliseconds(at, app.shown(answer.at)))
        app.quiet()
    return best(times)


def bar_26(start, keep, rounds=3):
    """A new process to its unlock page; the first rows of Children; memory. @start makes a window, @keep
    is given the last one, which stays."""
    cold = []
    for n in range(rounds):
        app = start()
        keep(app)
        app.find_window()
        cold.append(milliseconds(app.begun, app.first("frame").at))
        app.quiet()
        if n < rounds - 1:
            app.quit()
            app.kill()
    app.unlock("Sunanda")
    app.quiet()
    rows = first_rows(app)
    parts = [("cold start", best(cold), 2000, "ms"), ("first rows", rows, 200, "ms")]
    memory = app.private()
    if memory is not None:
        parts.append(("memory", memory, 250, "MB"))
    return judge("bar 26", parts)


def visit_everything(app, exchange=True):
    """Every page of a superintendent: each of the sidebar, a welcome, a child's, a form, search, help."""
    for n in range(1, 7):
        app.press("alt+%d" % n)
        app.quiet()
    for keys in ("ctrl+comma", "ctrl+question", "F1"):
        app.press(keys)
        app.quiet()
    app.press("alt+1")
    app.quiet()
    app.press("ctrl+f")
    app.write("bak")
    app.quiet()
    app.press("Return")
    app.wait("What happened")
    for tab in SOME_PAGES:
        app.click("tab", tab)
        app.quiet()
    app.press("alt+1")
    app.quiet()
    app.press("Return")             # the form of the first thing that waits
    app.quiet()
    app.press("Escape")
    app.quiet()
    app.press("ctrl+n")
    app.wait("Three quiet questions")
    app.write("15")
    app.press("ctrl+s")
    app.wait("What happened")
    app.quiet()
    if exchange:
        app.press("ctrl+e")
        app.wait("Exchange now")
        app.click("button", "Exchange now with Practice pen drive")
        app.wait("Sent", 60)
        app.quiet()


def newest(folder):
    return max([entry.stat().st_mtime for entry in os.scandir(folder)] + [0])


def begin_session(app):
    app.press("alt+1")
    app.quiet()
    app.press("Return")
    app.wait("Her words")
    app.quiet()


def her_words(app):
    return next((node.text() or "" for node in app.nodes() if "text" in node.role and "Her words" in node.name), "")


def bar_17(start):
    """What is typed: until it is kept on disk, after a kill, and after a lock. @start: (window, folder of drafts)."""
    app, folder = start()
    app.unlock("Mitali")
    app.quiet()
    begin_session(app)
    app.press("1")
    app.quiet()
    before = newest(folder)
    first = time.monotonic()
    app.write("grey ", 0.05)
    while newest(folder) == before and time.monotonic() - first < 60:
        time.sleep(0.01)
    kept = time.monotonic() - first
    seen = newest(folder)
    since = time.monotonic()
    while time.monotonic() - since < 3:     # more than the two within which each letter is kept
        time.sleep(0.05)
        if newest(folder) != seen:
            seen, since = newest(folder), time.monotonic()
    app.kill()
    app, folder = start()
    try:
        app.unlock("Mitali")
        app.quiet()
        begin_session(app)
        assert "grey" in her_words(app), "after the kill: “%s”" % her_words(app)
        app.click("text", "Her words")
        app.press("ctrl+End")
        app.write("river", 0.01)
        app.press("ctrl+l")
        app.quiet()
        again(app)
        app.wait("Her words")
        app.quiet()
        lost = len("river") if "river" not in her_words(app) else 0
        leave(app)
    finally:
        app.kill()
    return judge("bar 17", [("kept on disk after", kept, 2, "s"), ("letters lost by a lock", lost, 0, "")])


def visit_counselling(app):
    """A session with its words, a child's outcomes with the chart."""
    app.press("alt+1")
    app.quiet()
    app.press("Return")
    app.wait("Her words")
    app.press("1")
    app.write("we drew a river", 0.02)
    app.quiet()
    app.press("ctrl+s")
    app.quiet()
    app.press("ctrl+f")
    app.write("bak")
    app.quiet()
    app.press("Return")
    app.wait("What happened")
    app.click("tab", "Outcomes")
    app.quiet()


def no_stall(app, begun):
    """Computing counts, so that other work of the machine does not; the clock is told beside it."""
    found = app.stalls(begun)
    worst = found[0] if found else (0, 0, "-")
    by_clock = max([wall for wall, _, _ in found] + [0])
    return judge("stalls", [("longest (%s)" % worst[2], worst[1], 50, "ms of computing"), ("by the clock", by_clock, None, "ms"),
                            ("over 50 ms", len([1 for _, cpu, _ in found if cpu > 50]), None, "times")])


def change_pages(app, n, number_of_pages=6):
    for i in range(n):
        app.press("alt+%d" % (i % number_of_pages + 1))
        app.quiet(0.05)


def grows(app, changes, locks, slack_mb, before_changes=12, before_locks=2):
    """Bytes in use before and after, with a round of each beforehand; pages alive."""
    def both(n_changes, n_locks):
        for _ in range(n_locks):
            app.press("ctrl+l")
            app.quiet(0.05)
            again(app)
        change_pages(app, n_changes)
        app.press("alt+1")
        app.quiet()

    both(before_changes, before_locks)
    before, resident = app.count(), app.private()
    both(changes, locks)
    after, now = app.count(), app.private()
    assert after[1] == 1, "%d pages are alive" % after[1]
    parts = [("%d page changes and %d locks: grew by" % (changes, locks), max(after[0] - before[0], 0) / 1024, slack_mb * 1024, "kB"),
             ("in use", after[0] / 1024, None, "kB"), ("pages alive", after[1], 1, "")]
    if resident is not None:
        parts.append(("private memory grew by", now - resident, None, "MB"))
    return judge("memory", parts)


def leave(app):
    app.quit()
    messages = app.messages()
    assert messages == "", messages


def timed(test):
    begun = time.monotonic()
    test()
    return time.monotonic() - begun


__all__ = ["Probed", "again", "bar_2", "bar_15", "bar_16", "bar_26", "grows", "leave", "no_stall", "visit_counselling",
           "visit_everything"]
