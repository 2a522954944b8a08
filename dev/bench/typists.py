"""Ten people who type customers into forms at once: how long the banner's search takes them.

Each is a session of a real server with worker processes, called as the web client calls it:
when a pause in the typing lets the form ask, with what has been typed so far.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

from ..scenarios.client import Client
from . import server

WARM_UP, COUNTED = 12, 60  # searches of each user
#: Seconds from one answer to the next question: 0.3 after the last letter, and the letters.
PAUSES = (0.3, 0.9)
#: What a form is filled with, in this order; the name is asked for twice.
STEPS = (("name", 0.6), ("name", 1), ("zip", 1), ("city", 1), ("email", 1), ("phone", 1))


def measure(bench, name, addons, typed):
    """Return the figure of all searches together.

    :param typed: ``{"logins": [...], "customers": [values]}``; passwords are the logins
    """
    with server.running(bench, name, addons) as port:
        clients = [_client(port, name, login) for login in typed["logins"]]
        with ThreadPoolExecutor(len(clients)) as pool:
            work = [
                (each, typed["customers"][n :: len(clients)], n) for n, each in enumerate(clients)
            ]
            start = time.perf_counter()
            times = [each for some in pool.map(lambda given: _type(*given), work) for each in some]
            seconds = time.perf_counter() - start
    cuts = quantiles(times, n=100)
    told = f"{len(times):,} searches of {len(clients)} users: p50 {cuts[49]:.1f} ms, p95"
    told += f" {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms"
    return {"seconds": seconds, "told": told, "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def _client(port, name, login):
    client = Client(f"http://127.0.0.1:{port}")
    client.sign_in(name, login, login)
    return client


def _type(client, customers, seed):
    """Fill form after form; return the milliseconds of the searches that count."""
    chance, times = random.Random(seed), []
    for asked, values in enumerate(_questions(customers)):
        time.sleep(chance.uniform(*PAUSES))
        start = time.perf_counter()
        exclude = {"model": "res.partner", "id": False}
        client.call("customer.sheet.match.key", "find", values, False, exclude)
        if asked >= WARM_UP:
            times.append(1000 * (time.perf_counter() - start))
        if len(times) == COUNTED:
            break
    return times


def _questions(customers):
    """Yield the values of the form each time it asks."""
    for customer in customers:
        values = {"is_company": customer["is_company"], "country_id": customer["country_id"]}
        for name, share in STEPS:
            if text := customer[name]:
                values = {**values, name: text[: round(share * len(text))]}
                yield values
