"""Disks that are full, read-only, corrupt or not there: a clear line, and nothing lost without a word."""

import os
import sqlite3
import subprocess

import botocore.exceptions
import pytest

from customers import Function
from exchange import binary, wait_for
from sound import silence, tone, write_wav
from telephony import action

CODE = """
def handler(event, context):
    kind = heard(event)
    if kind == "NEW_INBOUND_CALL" and event["CallDetails"]["Participants"][0]["To"] == "+15550102":
        return say(action("RecordAudio", DurationInSeconds=2, RecordingTerminators=["#"],
            RecordingDestination={"Type": "S3", "BucketName": "recordings"}))
    if kind == "NEW_INBOUND_CALL":
        return say(play("tone.wav", Repeat=60))
    return say(hangup())
"""


def small_disk(folder, size="6m"):
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if done.returncode != 0:
        pytest.skip(f"a small file system cannot be mounted: {done.stderr.strip()}")


def unmount(folder):
    subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.fixture
def disk(customers):
    """A node whose data lies on a file system of 6 MB, and the means to fill it."""
    node = customers(Function("+15550101", CODE, also=("+15550102",)), start=False)
    data = node.node.folder / "data"
    small_disk(data)
    write_wav(node.node.objects / "prompts" / "tone.wav", tone(440, 1))
    (node.node.objects / "recordings").mkdir()
    node.start()

    def fill():
        with open(data / "filler", "wb", buffering=0) as filler:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        filler.write(b"x" * size)
                except OSError:
                    continue

    node.fill, node.empty = fill, lambda: os.unlink(data / "filler")
    yield node
    node.node.stop()
    unmount(data)


def test_calls_go_on_while_the_disk_is_full_and_nothing_is_lost(disk):
    before = disk.dial("+15550101").wait_answered()
    before.hears(440)
    disk.fill()
    during = disk.dial("+15550101").wait_answered()
    for call in (before, during):
        call.forget()
        call.hears(440, 0.5)
    client = disk.node.client(config=once())
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        client.create_voice_connector(Name="one more", RequireEncryption=False)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    before.hangup()
    during.hangup()
    wait_for(lambda: disk.names("+15550101").count("HANGUP LEG-A") == 2, 20)
    wait_for(lambda: "cannot be appended to" in disk.log(), 10, "no word about the journals")
    wait_for(lambda: "cannot commit" in disk.log(), 10, "no word about the records")
    assert disk.records() == []

    disk.empty()
    wait_for(lambda: len(disk.records()) == 2, 20, "the records are lost")
    wait_for(lambda: not disk.live_journals(), 20, f"journals are not put away: {disk.live_journals()}")
    for call in disk.node.journals():
        kinds = [next(iter(line["entry"])) if isinstance(line["entry"], dict) else line["entry"] for line in disk.node.journal(call)]
        assert kinds[0] == "setup" and kinds[-1] == "end", kinds
    assert not any(record["crashed"] for record in disk.records())
    assert client.create_voice_connector(Name="one more", RequireEncryption=False)["VoiceConnector"]
    disk.restart()
    disk.idle()
    assert len(disk.records()) == 2


def once():
    import botocore.config

    return botocore.config.Config(retries={"total_max_attempts": 1})


def test_a_crash_on_a_full_disk_is_recovered_when_there_is_room(disk):
    calls = [disk.dial("+15550101").wait_answered() for _ in range(2)]
    for call in calls:
        call.hears(440)
    disk.fill()
    calls[0].hangup()
    wait_for(lambda: "HANGUP LEG-A" in disk.names("+15550101"), 20)
    disk.node.kill()
    disk.empty()
    disk.start()
    wait_for(lambda: len(disk.records()) == 2 and not disk.live_journals(), 20)
    disk.idle()
    told = [e["CallDetails"]["TransactionId"] for e in disk.heard() if e["InvocationEventType"] == "HANGUP"]
    assert len(set(told)) == 2


def test_a_recording_that_the_disk_does_not_take_is_a_failed_action(disk):
    disk.fill()
    call = disk.dial("+15550102").wait_answered()
    call.ear.say(silence(4))
    call.wait_ended(40)
    assert disk.names("+15550102")[:2] == ["NEW_INBOUND_CALL", "ACTION_FAILED:RecordAudio"]
    disk.empty()
    disk.idle()


def start_fails(node, *said):
    done = subprocess.run(
        [str(binary()), "serve", "--config", str(node.config)], capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 1, f"{done.returncode}: {done.stderr}"
    assert "ready" not in done.stdout
    [line] = [line for line in done.stderr.splitlines() if "WARN" not in line]
    for word in said:
        assert word in line, line


def a_file(data):
    data.write_text("a file")


def garbage(data):
    data.mkdir()
    (data / "switchhook.db").write_bytes(os.urandom(100_000))


def a_folder(data):
    (data / "switchhook.db").mkdir(parents=True)


def somebody_elses(data):
    data.mkdir()
    with sqlite3.connect(data / "switchhook.db") as store:
        store.execute("CREATE TABLE call_records (id INTEGER)")
        store.execute("CREATE TABLE records (id INTEGER)")


def damaged_pages(data):
    """A store with a good head and a spoilt body."""
    data.mkdir()
    with sqlite3.connect(data / "switchhook.db") as store:
        store.execute("CREATE TABLE records (kind TEXT, id TEXT, revision INTEGER, json TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID")
        for i in range(2000):
            store.execute("INSERT INTO records VALUES ('number', ?, 1, ?)", (str(i), "x" * 100))
    with open(data / "switchhook.db", "r+b") as file:
        file.seek(8192)
        file.write(os.urandom(40_000))


def journals_are_a_file(data):
    data.mkdir()
    (data / "journals").write_text("a file")


SPOILT = [a_file, garbage, a_folder, somebody_elses, damaged_pages, journals_are_a_file]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_start_that_cannot_be_says_why_in_one_line(exchange, spoil):
    node = exchange(start=False)
    data = node.folder / "data"
    spoil(data)
    start_fails(node, str(data))


def test_a_read_only_disk(exchange):
    node = exchange(start=False)
    data = node.folder / "data"
    small_disk(data)
    try:
        subprocess.run(["mount", "-o", "remount,ro", str(data)], check=True)
        start_fails(node, str(data))
    finally:
        unmount(data)


def test_a_disk_without_room_for_a_store(exchange):
    node = exchange(start=False)
    data = node.folder / "data"
    small_disk(data, "4k")
    try:
        start_fails(node, str(data))
    finally:
        unmount(data)
