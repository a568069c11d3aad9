"""What she typed outlives a killed window and a lock."""
import os
import time

from driver import PATIENCE, App, Example, NotSeen, run
from ways import kept_drafts, order_of_hers, write_order

STEADY = 6.0            # s without a newer draft: more than the two within which each letter is kept

example = Example()
app = None


def begin():
    """The counsellor's first thing that is due: a session, or its draft where there is one."""
    global app
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Mitali")
    app.wait("overdue")
    app.key("alt+1", "Return")
    app.wait("Her words")
    app.settle(0.5)


def her_words():
    return max((node.text() or "" for node in app.nodes() if node.role == "text"), key=len)


def wait_for_her_words(wanted):
    end = time.monotonic() + PATIENCE
    while her_words() != wanted:
        if time.monotonic() > end:
            raise NotSeen("“%s”, not “%s”" % (her_words(), wanted))
        app.settle(0.1)


def wait_until_kept():
    """Until a draft is on disk and none newer comes."""
    end = time.monotonic() + PATIENCE
    seen, since = [], time.monotonic()
    while not seen or time.monotonic() - since < STEADY:
        now = kept_drafts(example.shefali)
        if now != seen:
            seen, since = now, time.monotonic()
        if time.monotonic() > end:
            raise NotSeen("no draft was kept")
        app.settle(0.05)


def a_killed_window_loses_nothing_older_than_its_last_draft():
    begin()
    app.key("1")                        # a new one begins at its kind; a choice goes on to her words
    app.type("I drew the river")
    wait_for_her_words("I drew the river")
    wait_until_kept()
    app.kill()


def the_draft_is_there_with_the_cursor_where_it_was():
    begin()
    wait_for_her_words("I drew the river")
    app.type(" at home")


def a_lock_loses_no_letter():
    app.key("ctrl+l")                   # at once: nothing waits for the last letters
    app.wait("Open")
    app.unlock("Mitali")                # leads back to where she was
    app.wait("Her words")
    wait_for_her_words("I drew the river at home")
    app.check_quiet()


def open_order():
    global app
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Sunanda")
    order_of_hers(app, "bakul", "ORD-76")
    app.wait("Case and order number")


def reason():
    return next((node.text() or "" for node in app.nodes()
                 if node.role == "text" and node.name == "Why is it taken back?"), "")


def wait_for_reason(wanted):
    end = time.monotonic() + PATIENCE
    while reason() != wanted:
        if time.monotonic() > end:
            raise NotSeen("“%s”, not “%s”" % (reason(), wanted))
        app.settle(0.1)


def why_a_record_is_taken_back_outlives_a_kill_and_a_lock():
    before = sorted(os.listdir(example.shefali + "/drafts"))
    write_order(example, "ORD-76")
    open_order()
    app.click("button", "Take back")
    app.wait("Why is it taken back?")
    app.type("For another")
    wait_for_reason("For another")
    wait_until_kept()
    app.kill()
    open_order()
    wait_for_reason("For another")
    app.type(" child.")                 # the cursor is where it was
    wait_for_reason("For another child.")
    app.key("ctrl+l")
    app.wait("Open")
    app.unlock("Sunanda")
    wait_for_reason("For another child.")
    app.key("Return")
    app.wait("Take this record back?")
    app.answer("Take it back")
    app.wait("Taken back: For another child.")
    app.check_quiet()
    assert sorted(os.listdir(example.shefali + "/drafts")) == before, "the draft is still there"


if __name__ == "__main__":
    try:
        run([a_killed_window_loses_nothing_older_than_its_last_draft,
             the_draft_is_there_with_the_cursor_where_it_was, a_lock_loses_no_letter,
             why_a_record_is_taken_back_outlives_a_kill_and_a_lock])
    finally:
        if app:
            app.kill()
        example.remove()
