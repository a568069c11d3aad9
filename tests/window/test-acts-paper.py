"""Secrets on paper: no printer is here, so they are written by hand; a print that is given up leaves everything as it is."""
import glob
import os

from driver import App, Example, run

example = app = None
before = set()


def dialog_is_there():
    """The print dialog of the toolkit: another window over ours."""
    return any(node.role in ("dialog", "frame", "window") and node.name == "Print" for node in app.nodes())


def wait_for(condition, what):
    for _ in range(300):
        if condition():
            return
        app.settle(0.1)
    raise AssertionError(what)


def a_slip_is_shown_to_be_written_by_hand():
    app.unlock("Sunanda")
    app.key("alt+3")
    app.wait("Rokeya")
    nodes = app.nodes()
    top = [n for n in nodes if n.name.startswith("Rokeya")][0].rectangle().y
    app.click_node(min([n for n in nodes if n.name == "New slip" and "button" in n.role], key=lambda n: abs(n.rectangle().y - top)))
    app.wait("Slip for Rokeya")
    app.wait("Four words, good once, shown only now. Hand them over or read them out.")


def files():
    """All that lies where a sheet could be left."""
    return {path for top in (os.environ["HOME"], example.dir) for path in glob.glob(top + "/**", recursive=True)}


def open_dialog():
    app.click("button", "Print")
    wait_for(dialog_is_there, "no dialog")
    app.find_window()
    app.settle(0.5)


def the_dialog_goes():
    app.window = None
    wait_for(lambda: not dialog_is_there(), "the dialog stays")
    app.wait("Slip for Rokeya")
    assert not app.shows("It could not be printed."), app.words()
    new = {path for path in files() - before if os.path.isfile(path) and "sanrakshan-example" not in path}
    assert not [path for path in new if open(path, "rb").read(5).startswith(b"%")], new


def a_print_without_a_printer_can_be_given_up():
    global before
    before = files()
    open_dialog()
    assert not any(node.name.startswith("Print to ") for node in app.nodes()), "a file is offered"
    app.key("Escape")
    the_dialog_goes()


def a_preview_writes_no_file():
    """The toolkit's own would hand a file with the secret to another program."""
    open_dialog()
    app.key("alt+v")
    the_dialog_goes()


def it_is_hidden_by_hand():
    app.click("button", "Done, hide it")
    app.wait_gone("Four words, good once")
    app.check_quiet()


example = Example()
try:
    app = App(example.shefali, example.state, extra=dict(example.around, TMPDIR=example.dir))
    run([a_slip_is_shown_to_be_written_by_hand, a_print_without_a_printer_can_be_given_up, a_preview_writes_no_file,
         it_is_hidden_by_hand])
finally:
    if app:
        app.kill()
    example.remove()
