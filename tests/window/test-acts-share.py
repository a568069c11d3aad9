"""Sharing a child: nothing is signed without why and what she said; what is written of it outlives a lock; it stands as a note."""
import json

import ways
from driver import App, Example, cli, run

WHY = "The school is near them."
SAID = "I want to go on in class 8."

example = Example()
app = None


def ours(*words):
    return json.loads(cli(example.shefali, example.state, "--json", *words, staff="Sunanda"))


def notes():
    return [row["id"] for row in ours("child", "show", "Kadam")["records"] if row["form"] == "share"]


def to(words):
    """By Tab, to what has these words."""
    for _ in range(40):
        node = app.focused()
        if node and words in node.name:
            return
        app.key("Tab")
    raise AssertionError("no way to “%s”" % words)


def open_share():
    ways.her_page(app, "kadam")
    app.click("", "More about this page")
    app.wait("Share her file with another centre")
    app.key("Return")
    app.wait("Why it is shared")


def it_is_not_signed_before_all_is_said():
    global app
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Sunanda")
    open_share()
    for words in ("why it is shared.", "what in law allows it.", "has the child been told?", "what the child said, or why"):
        app.wait(words)
    app.key("ctrl+Return")              # nothing happens yet
    to("Why it is shared")
    app.type(WHY)
    app.wait_gone("Still to write: why it is shared.")
    to("An order of the Child Welfare Committee")
    app.key("1")                        # a choice goes on to the next question
    app.wait_gone("Still to choose: what in law allows it.")


def what_is_written_of_it_outlives_a_lock():
    app.key("ctrl+l")                   # at once: nothing waits for the last letters
    app.wait("Open")
    app.unlock("Sunanda")               # leads back to where she was
    app.wait("Still to say: has the child been told?")
    assert not app.shows("Still to write: why it is shared."), app.words()
    assert any(node.text() == WHY for node in app.nodes() if node.role == "text"), app.words()


def it_is_signed_together_with_a_note_that_stays():
    to("Yes")
    app.key("1")
    app.wait_gone("Still to say: has the child been told?")
    to("What the child said")
    app.type(SAID)
    app.wait_gone("Still to write: what the child said")
    app.key("ctrl+Return")
    app.wait("Signed. It goes with the next exchange")
    app.wait("What happened")
    app.check_quiet()
    app.kill()
    (note,) = notes()
    told = ours("record", "show", note)
    fields = {name: field["value"] for name, field in told["fields"].items()}
    assert told["finished"] and fields["reason"] == WHY and fields["said"] == SAID, told
    assert fields["basis"] == "order" and fields["with"] == "Gulmohar Ghar (example)", told


def it_stands_on_her_page_and_no_draft_is_left():
    global app
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Sunanda")
    assert not app.shows("Sharing with another centre"), app.words()      # Today has no draft of it
    ways.her_page(app, "kadam")
    app.wait("Sharing with another centre")
    app.click("tab", "Papers")
    app.wait("Gulmohar Ghar (example)")
    app.click("", "Sharing with another centre")
    app.wait(WHY)
    app.wait("Add a correction")
    assert not app.shows("Take back"), app.words()
    app.check_quiet()


if __name__ == "__main__":
    try:
        run([it_is_not_signed_before_all_is_said, what_is_written_of_it_outlives_a_lock,
             it_is_signed_together_with_a_note_that_stays, it_stands_on_her_page_and_no_draft_is_left])
    finally:
        if app:
            app.kill()
        example.remove()
