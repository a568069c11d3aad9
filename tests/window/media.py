"""Media that can be full, read-only, pulled or slow: real file systems, mounted where only this test
sees them. Root may; so may everybody where the kernel lets people have mounts of their own.
"""
import ctypes
import os

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE, MNT_DETACH = 1, 32, 4096, 16384, 1 << 18, 2
_libc = ctypes.CDLL(None, use_errno=True)


def _call(done, what):
    if done != 0:
        raise OSError(ctypes.get_errno(), "%s: %s" % (what, os.strerror(ctypes.get_errno())))


def _mount(source, target, kind, flags=0, options=None):
    _call(_libc.mount(source and source.encode(), target.encode(), kind and kind.encode(), flags,
                      options and options.encode()), "mount " + target)


def begin():
    """Mounts of our own from here on, gone with this process; before any thread is. Why not, or None."""
    uid, gid = os.getuid(), os.getgid()
    try:
        _call(_libc.unshare(CLONE_NEWNS | (0 if uid == 0 else CLONE_NEWUSER)), "unshare")
        if uid != 0:
            for name, content in (("setgroups", "deny"), ("uid_map", "%d %d 1" % (uid, uid)),
                                  ("gid_map", "%d %d 1" % (gid, gid))):
                with open("/proc/self/" + name, "w") as file:
                    file.write(content)
        _mount(None, "/", None, MS_REC | MS_PRIVATE)
    except OSError as problem:
        return "no mounts of our own here (%s)" % problem
    return None


class Medium:
    """A disk of so many megabytes; without a size a pen drive, which the desktop shows as such."""

    def __init__(self, path, megabytes=None):
        self.path = path
        self.plug(megabytes)

    def plug(self, megabytes=None):
        os.makedirs(self.path, exist_ok=True)
        if megabytes:
            _mount("tmpfs", self.path, "tmpfs", 0, "size=%dm,mode=700" % megabytes)
        else:       # of the kinds in memory the only one that GLib takes for a person's medium
            _mount("stick", self.path, "ramfs", 0, "mode=700")

    def fill(self, leave=0):
        """Until there is no room, or so many bytes of it."""
        room = os.statvfs(self.path)
        with open(self.path + "/filler", "ab") as file:
            os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, max(room.f_bavail * room.f_bsize - leave, 1))

    def empty(self):
        os.unlink(self.path + "/filler")

    def read_only(self):
        _mount(None, self.path, None, MS_REMOUNT | MS_BIND | MS_RDONLY)

    def pull(self):
        """As a person pulls it: whatever is open stays open, the folder is gone."""
        _call(_libc.umount2(self.path.encode(), MNT_DETACH), "umount")
        os.rmdir(self.path)
