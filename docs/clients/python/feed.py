"""Polls the feed of a supplier: stores events, acknowledges them, and does what each event requires.

Needs Python 3.9 or newer and no packages. It can be killed at any moment and resumes where it stopped: events are
stored together with the cursor in one transaction, and only then acknowledged.

Settings: CARATLAS_URL (https://.../graphql), CARATLAS_KEY, STORE (a file), POLL_SECONDS (10; 0: once).
"""

import http.client
import json
import os
import random
import sqlite3
import sys
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone

FEED = """query ($after: Cursor) { feed(first: 100, after: $after) { endCursor hasMore events {
  __typename cursor
  ... on LeadMatched { leadId lead { priceCents contact { firstName lastName phone email channels } } }
  ... on LeadUpdated { leadId lead { priceCents contact { firstName lastName phone email channels } } }
  ... on LeadRevoked { leadId acknowledgeBy }
  ... on FeedGap { droppedBefore } } } }"""
LEADS = """query ($after: Cursor) { leads(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
  edges { node { id priceCents contact { firstName lastName phone email channels } } } } }"""
ACKNOWLEDGE = "mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }"
DELETED = "mutation ($id: ID!) { acknowledgeRevocation(leadId: $id, disposition: DELETED) { acknowledgedAt } }"
REPORT = "mutation ($input: [OutcomeInput!]!) { reportOutcomes(input: $input) { leadId accepted code message } }"

TABLES = """
CREATE TABLE IF NOT EXISTS event (cursor TEXT PRIMARY KEY, type TEXT, lead_id TEXT, done INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS lead (lead_id TEXT PRIMARY KEY, record_id TEXT, stored_at TEXT, lead TEXT);
CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY CHECK (one = 1), cursor TEXT);
"""


class Refused(Exception):
    """The key or the request is not valid, so a retry does not help."""

    def __init__(self, code, message):
        super().__init__(code + ": " + message)
        self.code = code


def ask(query, variables):
    """Sends one request. Refused is permanent; other exceptions may be retried."""
    request = urllib.request.Request(
        os.environ["CARATLAS_URL"],
        data=json.dumps({"query": query, "variables": variables}).encode(),
        headers={"content-type": "application/json", "authorization": "Bearer " + os.environ["CARATLAS_KEY"]},
    )
    try:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                status, body = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
    except http.client.HTTPException as error:
        raise OSError("the answer broke off: %r" % error)
    answer = parsed(status, body)
    for error in answer.get("errors") or []:
        extensions = error.get("extensions") or {}
        code, reason = extensions.get("code", "INTERNAL"), extensions.get("reason")
        if code in ("INTERNAL", "RATE_LIMITED", "UNAVAILABLE") and reason != "NOT_CONFIGURED":
            raise OSError(error["message"])
        raise Refused(code, error["message"])
    return answer["data"]


def parsed(status, body):
    """Reads an answer. A proxy in front of the API may answer with a page instead, such as 502: that passes."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if isinstance(answer, dict) and (answer.get("errors") or answer.get("data")):
        return answer
    raise OSError("the server answered %d without a result" % status)


def keep(store, events, end_cursor):
    """Stores events and the next cursor in one transaction. Storing the same events again changes nothing."""
    with store:
        for event in events:
            lead_id, lead = event.get("leadId"), event.get("lead")
            store.execute(
                "INSERT INTO event (cursor, type, lead_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (event["cursor"], event["__typename"], lead_id),
            )
            if event["__typename"] == "LeadMatched":
                keep_lead(store, lead_id, lead)
            if event["__typename"] == "LeadUpdated":
                store.execute("UPDATE lead SET lead = ? WHERE lead_id = ?", (json.dumps(lead), lead_id))
        store.execute("INSERT INTO place VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET cursor = excluded.cursor", (end_cursor,))


def keep_lead(store, lead_id, lead):
    store.execute(
        "INSERT INTO lead VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (lead_id, str(uuid.uuid4()), datetime.now(timezone.utc).isoformat(), json.dumps(lead)),
    )


def compare(store):
    """After a gap: stores the leads that are missing here, and deletes the people to whom the right has ended."""
    held, after, more = [], None, True
    while more:
        page = ask(LEADS, {"after": after})["leads"]
        held += [edge["node"] for edge in page["edges"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    with store:
        for node in held:
            lead_id = node.pop("id")
            keep_lead(store, lead_id, node)
            store.execute("UPDATE lead SET lead = ? WHERE lead_id = ?", (json.dumps(node), lead_id))
            node["id"] = lead_id
        known = {node["id"] for node in held}
        for (lead_id,) in store.execute("SELECT lead_id FROM lead WHERE lead IS NOT NULL").fetchall():
            if lead_id not in known:
                store.execute("UPDATE lead SET lead = NULL WHERE lead_id = ?", (lead_id,))


def begin_again(store):
    """Our database was restored to an earlier time: forgets the cursors, and keeps the leads."""
    with store:
        store.execute("DELETE FROM place")
        store.execute("DELETE FROM event WHERE done")


def do_duties(store):
    """Does what stored events require; each step is safe to repeat. Unknown types require nothing."""
    for cursor, kind, lead_id in store.execute("SELECT cursor, type, lead_id FROM event WHERE NOT done ORDER BY rowid").fetchall():
        if kind == "LeadRevoked":
            with store:
                store.execute("UPDATE lead SET lead = NULL WHERE lead_id = ?", (lead_id,))
            confirm_deleted(lead_id)
        if kind == "LeadMatched":
            report(store, lead_id)
        if kind == "FeedGap":
            compare(store)
        with store:
            store.execute("UPDATE event SET done = 1 WHERE cursor = ?", (cursor,))


def confirm_deleted(lead_id):
    try:
        ask(DELETED, {"id": lead_id})
    except Refused as refusal:
        # After a restore the server may no longer know the lead. The person is deleted here either way.
        if refusal.code != "NOT_FOUND":
            raise
        print("A deletion was not confirmed: %s" % refusal, file=sys.stderr)


def report(store, lead_id):
    """Reports an example outcome; a real client reports what its staff did. Repeating a report changes nothing."""
    record_id, stored_at = store.execute("SELECT record_id, stored_at FROM lead WHERE lead_id = ?", (lead_id,)).fetchone()
    outcome = {"leadId": lead_id, "status": "CONTACTED", "occurredAt": stored_at, "externalId": record_id + "/contacted"}
    for result in ask(REPORT, {"input": [outcome]})["reportOutcomes"]:
        if not result["accepted"]:
            print("An outcome was refused: " + result["code"] + ": " + result["message"], file=sys.stderr)


def poll(store):
    """Reads all events after the stored cursor, or after the acknowledged position when no cursor is stored."""
    do_duties(store)
    more = True
    while more:
        place = store.execute("SELECT cursor FROM place").fetchone()
        try:
            feed = ask(FEED, {"after": place[0] if place else None})["feed"]
        except Refused as refusal:
            if refusal.code != "CONFLICT" or not place:
                raise
            print("The stored cursor is of a time that was undone by a restore: reading without it.", file=sys.stderr)
            begin_again(store)
            continue
        keep(store, feed["events"], feed["endCursor"])
        ask(ACKNOWLEDGE, {"upTo": feed["endCursor"]})
        do_duties(store)
        more = feed["hasMore"]


def main():
    store = sqlite3.connect(os.environ["STORE"])
    # Overwrites deleted data, which would otherwise remain in the file.
    store.execute("PRAGMA secure_delete = ON")
    store.executescript(TABLES)
    seconds, failures = float(os.environ.get("POLL_SECONDS", "10")), 0
    while True:
        try:
            poll(store)
            failures = 0
        except OSError as error:
            failures += 1
            print("It will be tried again: %s" % error, file=sys.stderr)
        if seconds == 0:
            return 1 if failures else 0
        time.sleep(seconds if failures == 0 else random.uniform(0, min(30, 2**failures)))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Refused as refusal:
        sys.exit("The feed cannot be read: %s" % refusal)
