"""Every dependency has its licence listed, and only what the locks name is listed."""

import licences


def test_the_list_is_what_the_locks_name():
    assert [row[:3] for row in licences.listed()] == licences.locked()


def test_every_package_has_a_licence():
    assert [row for row in licences.listed() if not row[3]] == []


def test_the_list_is_what_the_installed_packages_say():
    here = [row for row in licences.listed() if row[0] != licences.NPM_LOCK
            and (row[0] != licences.LAB or licences.licence(row[1]))]
    differ = [row for row in here if (licences.licence(row[1]) or licences.NOT_STATED) != row[3]]
    assert differ == []


def test_no_two_locks_ask_for_two_versions():
    pins = {row[1:] for row in licences.locked() if row[0] != licences.NPM_LOCK}
    assert len(pins) == len({package for package, _ in pins}) > 100


def test_a_package_added_to_a_lock_is_missed(tmp_path):
    for lock in (*licences.LOCKS, licences.NPM_LOCK):
        (tmp_path / lock).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / lock).write_bytes((licences.HERE.parent / lock).read_bytes())
    assert licences.locked(tmp_path) == licences.locked()
    with (tmp_path / "requirements.txt").open("a") as lock:
        lock.write("left-pad==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n")
    assert set(licences.locked(tmp_path)) - set(licences.locked()) == {("requirements.txt", "left-pad", "1.0")}


def test_an_unknown_package_has_none():
    assert licences.licence("no-such-package") == ""
