"""Ways that many tests go: somebody comes in, a page stands still, a child's page, one record of hers."""
import base64
import os
import time

from driver import NotSeen, cli

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


def still(app):
    """Nothing more comes: two looks alike. What is there then."""
    before = None
    for _ in range(60):
        nodes = app.nodes()
        now = [(n.path, n.role, n.name) for n in nodes]
        if now == before:
            return nodes
        before = now
        app.settle(0.2)
    raise NotSeen("the page never stood still")


def lock(app):
    """Whoever is in goes out."""
    if app.shows("Names hidden"):
        app.key("ctrl+l")
        app.wait("Passphrase")


def enter(app, person):
    """As this person, whoever was in before."""
    lock(app)
    app.unlock(person)
    still(app)


def her_page(app, alias):
    app.key("ctrl+f")
    app.type(alias)
    app.wait("found by")
    app.key("Return")
    app.wait("What happened")


def write_order(made, number, child="Bakul"):
    """An order of the committee with a picture, as small as one may be; while no window is open."""
    path = made.dir + "/order.png"
    with open(path, "wb") as file:
        file.write(base64.b64decode(DOT))
    cli(made.shefali, made.state, "record", "new", "order", "--child", child, "--set", "number=" + number, "--set",
        "paper=@" + path, staff="Sunanda")


def order_of_hers(app, alias, number):
    """The order of the committee with this number, opened."""
    her_page(app, alias)
    app.click("tab", "Court")
    app.wait(number)
    app.click("", number)


def open_write(app, focus):
    """The menu Write of her page, by its key."""
    focus.forget()
    app.key("alt+w")
    focus.wait("", "menu item")


def write(app, focus, form):
    """From her page: the form of that name, by the arrows."""
    open_write(app, focus)
    for _ in range(30):
        if focus.told[-1][1] == form:
            break
        focus.step(app, "Down")
    else:
        raise NotSeen("Write has no “%s”" % form)
    focus.forget()
    app.key("Return")


def choose(app, button):
    """In the desktop's own chooser: the one file of the folder that the window began in, or its own name there. It takes
    no Return while it still reads the folder."""
    app.wait(button)
    app.settle(0.8)
    for _ in range(20):
        app.key("Return")
        end = time.monotonic() + 3
        while app.shows(button) and time.monotonic() < end:
            app.settle(0.1)
        app.caught_up()
        if not app.shows(button):
            return
    raise NotSeen("the chooser stays")


def remove(app, name, reason):
    """The button of that row (the first one behind its name: the other list is hidden beside it), and the reason."""
    nodes = app.nodes()
    row = next(i for i, n in enumerate(nodes) if n.name == name or n.name.startswith(name + ","))
    app.click_node(next(n for n in nodes[row:] if n.name.startswith("Remove") and "button" in n.role))
    app.wait(reason)
    for _ in range(6):
        if app.focused() and app.focused().name == reason:
            break
        app.key("Tab")
    app.key("Return")


def kept_drafts(store):
    """Names and times of the drafts on disk, as long as none is just coming or going."""
    kept = []
    for entry in os.scandir(store + "/drafts"):
        try:
            kept.append((entry.name, entry.stat().st_mtime_ns))
        except FileNotFoundError:
            pass
    return sorted(kept)
