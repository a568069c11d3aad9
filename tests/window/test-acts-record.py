"""What is rarely done to a record: a photo attached, looked at and copied out; corrected; taken back; what stood before."""
import json
import os
import struct
import zlib

import ways
from driver import App, Example, cli, run

SEALED = "It is shown from the sealed store. No readable copy is made."
WARNING = "A copy outside Sanrakshan is not sealed: whoever has the laptop or the pen drive can read it."
WHERE = b"Exif taken at the gate of Shefali Bari"

example = app = None


def png():
    """A small picture that tells where it was taken."""
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    rows = b"".join(b"\x00" + bytes((x, 3 * y, 90) * 1)[:3] * 40 for y, x in ((y, 5 * y % 250) for y in range(40)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0)) +
            chunk(b"tEXt", b"Comment\x00" + WHERE) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def ours(*words):
    return json.loads(cli(example.shefali, example.state, "--json", *words, staff="Sunanda"))


def open_record(number):
    ways.order_of_hers(app, "bakul", number)
    app.wait("Case and order number")


def entry_of(label):
    """The cursor goes into that field."""
    for node in app.nodes():
        if node.name == label and node.role in ("text", "entry"):
            app.click_node(node)
            return
    raise AssertionError("no field “%s”: %s" % (label, [(n.role, n.name) for n in app.nodes() if n.name]))


def readable_leftovers(content):
    """Files outside our records that hold the picture."""
    found = []
    for top in (os.environ["HOME"], example.dir):
        for folder, _, names in os.walk(top):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.isfile(path) or os.path.islink(path):
                    continue
                try:
                    with open(path, "rb") as file:
                        if content in file.read(1 << 20):
                            found.append(path)
                except OSError:
                    pass
    return sorted(set(found))


def a_photo_is_attached_looked_at_and_copied_out_with_a_warning():
    photo, copy = papers + "/order.png", papers + "/paper.png"
    with open(photo, "wb") as file:
        file.write(png())
    open_record("ORD-77")
    app.click("", "Paper")                  # of the outline: it comes into sight
    app.click("button", "Choose a file")
    ways.choose(app, "Attach")
    app.wait("A file is chosen. It is attached when you save.")
    app.key("ctrl+s")
    app.wait("Saved at")
    app.wait("A file is attached.")
    app.click("button", "Look at it")
    app.wait(SEALED)
    picture = png().split(b"IDAT")[1][:60]
    assert readable_leftovers(picture) == [photo], readable_leftovers(picture)
    app.click("button", "Save a copy…")
    app.wait(WARNING)
    app.click("button", "Choose where…")
    ways.choose(app, "Write it here")
    app.wait("The copy is written. It is not sealed: delete it when it is not needed any more.")
    with open(copy, "rb") as file:
        written = file.read()
    assert picture in written and WHERE not in written       # the picture, without where it was taken
    assert os.stat(copy).st_mode & 0o077 == 0
    app.key("Escape")
    app.wait("A file is attached.")


def both_are_written_in_her_access_log():
    app.key("Escape")
    app.wait("What happened")
    app.click("", "More about this page")
    app.wait("Who opened it")
    for _ in range(6):
        app.key("Down")
        if app.focused() and app.focused().name == "Who opened it":
            break
    app.key("Return")
    app.wait("Who looked at her file on this laptop")
    app.wait("Sunanda · looked at an attached file")
    assert app.shows("Sunanda · saved a copy of an attached file")
    assert not app.shows("Show only what one person did")   # nobody else was there
    app.key("Escape")
    app.wait("What happened")


def what_stood_in_a_field_before_is_shown():
    open_record("ORD-77")
    entry_of("Case and order number")
    app.key("F2")
    app.wait("What stood here before")
    app.key("h")
    app.wait("ORD-76 (Sunanda")


def a_record_is_taken_back_with_a_reason_and_stays_in_the_history():
    app.click("button", "Take back")
    app.wait("Why is it taken back?")
    app.type("Written for another child.")
    app.key("Return")
    app.wait("Take this record back?")
    app.wait("What was written stays in the history, with your reason.")
    app.answer("Take it back")
    app.wait("Taken back: Written for another child.")
    app.check_quiet()
    told = ours("record", "show", order)
    assert told["withdrawn"] and told["fields"]["number"]["value"] == "ORD-77", told


def a_finished_record_takes_a_correction_and_keeps_what_was_signed():
    global app
    app.kill()
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Sunanda")
    open_record("ORD-88")
    assert not app.shows("Save")
    app.click("button", "Add a correction")
    app.type("The committee met a day later.")
    app.click("button", "Add and sign")
    app.wait("Correction by Sunanda")
    app.wait("The committee met a day later.")
    app.check_quiet()
    told = ours("record", "show", finished)
    assert told["fields"]["number"]["value"] == "ORD-88" and told["finished"], told


def who_opened_it_is_shown_of_one_person_and_sharing_is_nobody_elses():
    global app
    app = App(example.shefali, example.state, extra=example.around)
    app.unlock("Mitali")
    app.key("ctrl+f")
    app.type("bakul")
    app.wait("Bakul, bed")
    app.key("Return")
    app.wait("What happened")
    app.click("", "More about this page")
    app.wait("Who opened it")
    assert not app.shows("Share her file with another centre"), app.words()
    app.key("Return")
    app.wait("Show only what one person did")

    def top():
        return app.find("list item", "Sunanda · ").rectangle().y
    before = top()                          # under hers, which is the newest
    app.click("radio button", "Sunanda")
    for _ in range(100):
        if top() < before:
            break
        app.settle(0.1)
    assert top() < before
    app.check_quiet()


example = Example()
try:
    order = ours("record", "new", "order", "--child", "Bakul", "--set", "kind=placement", "--set", "number=ORD-76")["id"]
    cli(example.shefali, example.state, "record", "set", order, "number=ORD-77", staff="Sunanda")
    finished = ours("record", "new", "order", "--child", "Bakul", "--set", "kind=placement", "--set", "number=ORD-88")["id"]
    cli(example.shefali, example.state, "record", "finish", finished, staff="Sunanda")
    papers = example.dir + "/papers"
    os.mkdir(papers)
    app = App(example.shefali, example.state, extra=dict(example.around, TMPDIR=papers), folder=papers)
    app.unlock("Sunanda")
    run([a_photo_is_attached_looked_at_and_copied_out_with_a_warning, both_are_written_in_her_access_log,
         what_stood_in_a_field_before_is_shown, a_record_is_taken_back_with_a_reason_and_stays_in_the_history,
         a_finished_record_takes_a_correction_and_keeps_what_was_signed,
         who_opened_it_is_shown_of_one_person_and_sharing_is_nobody_elses])
finally:
    if app:
        app.kill()
    example.remove()
