"""Forgotten: in by the recovery code, which is good for once."""
import os
import re
import subprocess

from driver import App, Example, run

NEW_WORDS = "seven lanterns over the quiet river"
SHOTS = os.environ.get("SAN_SHOTS")
LANGUAGE = os.environ.get("SAN_SHOTS_LANGUAGE", "en")
PATTERN = re.compile(rb"[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){5}")

example = None
codes = []                 # the one from the envelope, then the one that replaced it


def setup():
    global example
    if example is None:
        example = Example()
        with open(example.dir + "/sanrakshan-example/README.txt") as readme:
            text = readme.read()
        codes.append(re.search(r"shefali-bari\n\s+recovery code: (\S+)", text).group(1))
    return example


def shot(app, name):
    if SHOTS:
        app.shot("%s-%s-%s.png" % (SHOTS, LANGUAGE, name))


def read_code(app):
    """No label holds the code and no screen reader is told it: the eyes of this test are the memory
    of the process, where that may be read."""
    known = {code.encode() for code in codes}
    with open("/proc/%d/maps" % app.process.pid) as maps, open("/proc/%d/mem" % app.process.pid, "rb", 0) as memory:
        for line in maps:
            span, mode = line.split()[:2]
            if not mode.startswith("rw"):
                continue
            begin, end = (int(x, 16) for x in span.split("-"))
            if end - begin > 1 << 26:           # locked memory has small mappings of its own; a sanitizer's are huge
                continue
            try:
                memory.seek(begin)
                content = memory.read(end - begin)
            except (OSError, OverflowError, ValueError):
                continue
            for found in PATTERN.findall(content):
                if found not in known:
                    return found.decode()
    raise AssertionError("the new code is nowhere")


def to_recovery_page(app):
    app.find_window()
    app.wait("Sunanda")
    app.click("button", "Forgotten?")
    app.wait("The recovery code lies in the sealed envelope")
    app.click("button", "Use the recovery code")
    app.wait("A new passphrase with the recovery code")


def fill(app, code):
    app.type(code.lower().replace("-", " "))
    app.key("Return")
    app.type(NEW_WORDS)
    app.key("Return")
    app.type(NEW_WORDS)
    app.wait("Both are the same")
    app.key("Return")


def who_leaves_before_it_is_typed_back_has_changed_nothing():
    made = setup()
    app = App(made.shefali, made.state, extra=made.around)
    try:
        to_recovery_page(app)
        shot(app, "1-page")
        fill(app, "00000-00000-00000-00000-00000-00000")
        app.wait("That is not the recovery code of this centre")
        fill(app, codes[0])
        app.wait("I have written it down")
        shot(app, "2-new-code")
        for node in app.nodes():
            assert not PATTERN.search(node.name.encode()), "the code is told to a screen reader"
        app.kill()
        app = App(made.shefali, made.state, extra=made.around)
        app.unlock("Sunanda")
        app.quit()
        assert app.messages() == "", app.messages()
    finally:
        app.kill()


def the_code_brings_in_and_leaves_another():
    made = setup()
    app = App(made.shefali, made.state, extra=made.around)
    try:
        to_recovery_page(app)
        fill(app, codes[0])
        app.wait("I have written it down")
        codes.append(read_code(app))
        app.click("button", "I have written it down")
        app.wait("Type the code back")
        app.type(codes[1][:18].lower())
        app.wait("3 groups of 6 are right")
        shot(app, "3-typed-back")
        app.type(codes[1][18:])
        app.wait("Names hidden")
        app.wait("Recovery code used on")
        shot(app, "4-in")
        app.click("button", "Seen")
        app.wait_gone("Seen")
        app.key("ctrl+l")
        app.wait("Passphrase")
        app.unlock("Sunanda", NEW_WORDS)
        assert not app.shows("Seen")
        app.key("ctrl+l")
        app.wait("Passphrase")
        app.unlock("Rokeya")
        app.wait("Recovery code used on")
        shot(app, "5-another")
        app.key("ctrl+l")
        app.wait("Passphrase")
        app.quit()
        assert app.messages() == "", app.messages()
    finally:
        app.kill()


def the_old_code_is_refused_and_the_new_one_works():
    made = setup()
    app = App(made.shefali, made.state, extra=made.around)
    try:
        app.find_window()
        app.wait("Sunanda")
        for _ in range(12):
            if app.chosen_person() == "Sunanda":
                break
            app.key("Down")
        to_recovery_page(app)
        fill(app, codes[0])
        app.wait("or it was replaced by a newer one")
        shot(app, "6-refused")
        fill(app, codes[1])
        app.wait("I have written it down")
        app.quit()
        assert app.messages() == "", app.messages()
    finally:
        app.kill()


def may_look():
    """Whether the memory of a child process can be read here."""
    child = subprocess.Popen(["sleep", "60"])
    try:
        with open("/proc/%d/mem" % child.pid, "rb", 0):
            return True
    except OSError:
        return False
    finally:
        child.kill()
        child.wait()


try:
    tests = [who_leaves_before_it_is_typed_back_has_changed_nothing]
    if may_look():
        tests += [the_code_brings_in_and_leaves_another, the_old_code_is_refused_and_the_new_one_works]
    run(tests)
finally:
    if example:
        example.remove()
