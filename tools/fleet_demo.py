"""A cluster to try `nvr fleet build --scheduler` on: a scheduler and two workers on 127.0.0.1.

Dask asks nobody who they are, and runs what it is sent. So it listens to this machine alone; on
others, start `dask scheduler` and `dask worker --nthreads 1` where the network lets nobody else in.
"""

from __future__ import annotations

import signal
import sys
import threading

from distributed import LocalCluster

PORT, WORKERS = 8786, 2


def main(port: int) -> None:
    """Run the cluster until Ctrl-C or SIGTERM."""
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with LocalCluster(
        host="127.0.0.1",
        scheduler_port=port,
        dashboard_address=None,
        n_workers=WORKERS,
        threads_per_worker=1,  # a worker makes one file at a time, as the pool's own do
    ) as cluster:
        address = cluster.scheduler_address
        print(f"Dask-klyngen er klar, med {WORKERS} arbeidere. I et annet vindu:", flush=True)
        print(f'  make fleet ARGS="--scheduler {address}"\nCtrl+C avslutter.', flush=True)
        done.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else PORT)
