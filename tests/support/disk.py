# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Disks of a test's own that fill up and fail. They are mounted for this process and all that it starts, and for no
others; they go with it."""

import ctypes
import os
import pathlib
import shutil
import subprocess
import unittest

CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000


def own_mounts():
    """What is mounted from now on is seen by this process and its children alone. For setUpModule()."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS) != 0:
        user = os.getuid()
        if libc.unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0:
            raise unittest.SkipTest(f"the kernel forbids mounts of one's own: {os.strerror(ctypes.get_errno())}")
        pathlib.Path("/proc/self/uid_map").write_text(f"0 {user} 1")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


class SmallDisk:
    """A file system of `size` MiB at `place` that can be given more."""

    def __init__(self, place, size):
        self._place = place
        place.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m", "none", place], check=True)

    def grow(self, size):
        subprocess.run(["mount", "-o", f"remount,size={size}m", self._place], check=True)

    def end(self):
        subprocess.run(["umount", "--lazy", self._place], check=True)


class FailingDisk:
    """An ext4 file system of `size` MiB at `place`, in a file, that can be made to find itself broken: from then on it is
    read-only, as after an error of the medium."""

    def __init__(self, place, image, size):
        self._place = place
        place.mkdir()
        with open(image, "wb") as file:
            file.truncate(size << 20)
        mkfs = shutil.which("mkfs.ext4", path=os.environ["PATH"] + ":/usr/sbin:/sbin")
        if not mkfs:
            raise unittest.SkipTest("there is no mkfs.ext4")
        subprocess.run([mkfs, "-q", "-F", image], check=True)
        mounted = subprocess.run(["mount", "-o", "loop,errors=remount-ro", image, place], check=False,
                                 stderr=subprocess.PIPE, text=True)
        if mounted.returncode != 0:
            raise unittest.SkipTest(f"the machine mounts no image of a disk: {mounted.stderr.strip()}")
        device = pathlib.Path(subprocess.run(["findmnt", "-n", "-o", "SOURCE", place], check=True, text=True,
                                             stdout=subprocess.PIPE).stdout.strip())
        self._trigger = pathlib.Path("/sys/fs/ext4") / device.name / "trigger_fs_error"

    def fail(self):
        self._trigger.write_text("a test wants it")

    def end(self):
        subprocess.run(["umount", self._place], check=True)
