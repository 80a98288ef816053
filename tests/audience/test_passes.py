from finale.audience.passes import RECEIPT_LETTERS, Pass, Passes

PASSES = Passes(b"k" * 32)


def test_token_reads_back_as_its_pass() -> None:
    new, token = PASSES.issue()
    assert PASSES.read(token) == new == Pass(new.id, 0)


def test_first_round_is_signed_with_the_pass() -> None:
    new, token = PASSES.issue(first_round=12)
    assert PASSES.read(token) == Pass(new.id, 12)
    assert PASSES.read(token.replace("-12.", "-0.")) is None


def test_pass_has_128_bits_and_is_new_each_time() -> None:
    ids = {PASSES.issue()[0].id for _ in range(100)}
    assert {len(pass_id) for pass_id in ids} == {22}
    assert len(ids) == 100


def test_token_of_another_key_is_no_pass() -> None:
    _, token = Passes(b"x" * 32).issue()
    assert PASSES.read(token) is None


def test_every_changed_character_of_a_token_is_seen() -> None:
    _, token = PASSES.issue()
    # The last character of base64 carries spare bits; the one before it carries none.
    changed = [token[:i] + ("x" if token[i] != "x" else "y") + token[i + 1 :] for i in range(60)]
    assert [PASSES.read(one) for one in changed] == [None] * 60


def test_odd_texts_are_no_pass() -> None:
    assert [PASSES.read(text) for text in ("", ".", "é.ü", "a" * 200)] == [None] * 4
    signed = [PASSES._signer.sign(text).decode() for text in ("", "p", "p-", "p-x")]
    assert [PASSES.read(token) for token in signed] == [None] * 4


def test_receipt_is_eight_plain_characters_and_always_the_same() -> None:
    code = PASSES.receipt("p", 0, "A", 1)
    assert code == Passes(b"k" * 32).receipt("p", 0, "A", 1)
    assert len(code) == 8
    assert set(code) <= set(RECEIPT_LETTERS)
    assert set("01OILABESU") & set(RECEIPT_LETTERS) == set()


def test_receipts_differ_by_pass_round_letter_rev_and_key() -> None:
    codes = {
        PASSES.receipt("p", 0, "A", 1),
        PASSES.receipt("q", 0, "A", 1),
        PASSES.receipt("p", 1, "A", 1),
        PASSES.receipt("p", 0, "B", 1),
        PASSES.receipt("p", 0, "A", 2),
        Passes(b"x" * 32).receipt("p", 0, "A", 1),
    }
    assert len(codes) == 6


def test_receipts_of_a_full_hall_are_all_different() -> None:
    codes = {PASSES.receipt(f"pass {n}", 0, "A", 1) for n in range(5000)}
    assert len(codes) == 5000
