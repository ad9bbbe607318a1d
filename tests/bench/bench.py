# SPDX-FileCopyrightText: 2026 The Sidewire authors
# SPDX-License-Identifier: MIT

"""Measures Sidewire against references on loopback and prints a table of medians and ratios.

Each row runs its programs in turn, one warm-up and then --runs times, so that a machine that changes its speed changes it
for all of them. Times are taken by the flooding program, from accepting the client until that has closed.
"""

import argparse

import idlerows
import logrows
import trafficrows
import windowrows
from harness import Bench

ROWS = {
    "tcp": trafficrows.tcp,
    "udp": trafficrows.udp,
    "websocket": trafficrows.websocket,
    "echo": trafficrows.echo,
    "small": logrows.small,
    "large": logrows.large,
    "cut": logrows.cut,
    "scroll": logrows.scroll,
    "search": logrows.search,
    "window": windowrows.window,
    "start": windowrows.start,
    "rows": windowrows.rows,
    "idle": idlerows.idle,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default="build/bench", help="the folder of the build (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="alternating runs after the warm-up (default: %(default)s)")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full amounts, to try it out (default: 1)")
    parser.add_argument("rows", nargs="*", metavar="row", default=list(ROWS), help=f"{' '.join(ROWS)} (default: all)")
    options = parser.parse_args()
    bench = Bench(options)
    for row in options.rows:
        ROWS[row](bench)
    bench.table()


if __name__ == "__main__":
    main()
