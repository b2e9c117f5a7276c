def test_it_migrates(owner):
    assert owner.execute("select count(*) from trust_agerule").fetchone()[0] == 4
