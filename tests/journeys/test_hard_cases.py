"""Hard cases of the access model, lived in the browser: 6, 8, 9 and 14; where the others are, docs/hard-cases.md says."""

from journeys.story import Devices, Tab
from journeys.test_circle import family
from journeys.test_young_people import own


def answers(tab: Tab, address: str) -> int:
    """With which number the village answers."""
    answer = tab.page.goto(tab.site + address)
    assert answer is not None
    return answer.status


def test_a_worker_changes_employer_and_nothing_moves_along(devices: Devices) -> None:
    """Hard case 6: Bram goes from the judo club to De Springplank; the family's circle stays where it was."""
    stage, home = devices.stage, family(devices, "jonas")
    bram = devices.phone("nl").be("bram")
    assert answers(bram, home) == 200
    stage.look_behind(
        "WITH gone AS (UPDATE trust_job SET until = now() WHERE person_id = %s AND until IS NULL RETURNING person_id) "
        "INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since) "
        "SELECT gen_random_uuid(), gone.person_id, o.id, 'worker', 'jeugdwerker', false, '', 'nl', now() "
        "FROM gone, trust_organisation o WHERE o.name LIKE %s RETURNING id",
        stage.people["bram"],
        "%Springplank%",
    )
    bram.be("bram")
    assert answers(bram, home) == 404
    assert answers(bram, "/families/") == 200
    assert "De Wit" not in bram.words()


def test_an_agreement_lapses_and_wakes_and_the_family_reads_it(devices: Devices) -> None:
    """Hard case 8: the agreement of the school ends; Lotte sees nothing, Naima reads why; renewed, all is as before."""
    home = family(devices, "samira")
    lotte, amina = devices.phone("nl").be("lotte"), devices.desk("nl").be("amina")
    assert answers(lotte, home) == 200
    line = "main li:has-text('De Wilg')"
    amina.go("/village/agreements/")
    amina.tap(f"{line} summary")
    amina.follow(amina.page.locator(f'{line} form[action$="/end/"] button'))
    lotte.be("lotte")
    assert answers(lotte, home) != 200
    naima = devices.phone("ar", "dark").be("naima")
    naima.go(home)
    assert "Lotte" in naima.page.locator("p.note", has_text="De Wilg").inner_text()
    naima.look("agreement-asleep")
    amina.follow(amina.page.locator(f'{line} form[action$="/renew/"] button'))
    lotte.be("lotte")
    assert answers(lotte, home) == 200
    assert naima.go(home).locator("p.note", has_text="De Wilg").count() == 0


def test_what_is_about_one_is_not_shown_to_the_other(devices: Devices) -> None:
    """Hard case 9: what lies on one child's own page the other has no address for; what is the family's both may read."""
    lise, jonas = devices.phone("nl").be("lise"), devices.phone("nl").be("jonas")
    for tab, mine, theirs in ((lise, "lise", "jonas"), (jonas, "jonas", "lise")):
        assert answers(tab, own(devices, mine)) == 200
        assert answers(tab, own(devices, theirs)) == 404
    home = family(devices, "lise")
    assert answers(jonas, f"{home}plan/") == 404
    (goal,) = devices.stage.look_behind("SELECT id FROM wraparound_goal WHERE aim = 'Jonas slaapt genoeg'")[0]
    assert "Jonas slaapt genoeg" in lise.go(f"{home}plan/").content()
    sarah = devices.phone("nl").be("sarah")
    sarah.go(f"{home}who-sees/goal/{goal}/")
    sarah.tap(sarah.page.locator("button.eye", has_text="Lise"))
    sarah.page.locator('button.eye[aria-pressed="false"]', has_text="Lise").wait_for()
    seen = lise.go(f"{home}plan/").content()
    assert "Jonas slaapt genoeg" not in seen
    assert "op woensdag bij Jonas blijven" in seen, "what is the family's both read"


def test_who_is_left_out_with_school_is_left_out_in_every_job(devices: Devices) -> None:
    """Hard case 14: Milan leaves school out; Youssef also works with young people; left out until Milan says otherwise."""
    stage, home = devices.stage, family(devices, "milan")
    milan, youssef = stage.people["milan"], stage.people["youssef"]
    (words,) = stage.look_behind(
        "SELECT aim FROM wraparound_goal WHERE about_id = %s ORDER BY id LIMIT 1", milan
    )[0]
    stage.look_behind(
        "WITH job AS (INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since) "
        "SELECT gen_random_uuid(), %s, o.id, 'worker', 'vrijwilliger', false, '', 'nl', now() - interval '1 day' "
        "FROM trust_organisation o WHERE o.name LIKE %s RETURNING id) SELECT id FROM job",
        youssef,
        "%Springplank%",
    )
    teacher = devices.phone("nl").be("youssef")
    teacher.go(f"{home}plan/")
    assert words not in teacher.whole()
    boy = devices.phone("nl").be("milan")
    boy.go(f"{home}left-out/?child={milan}")
    boy.follow(boy.page.locator('main form[action*="/end/"] button').first)
    assert words in teacher.go(f"{home}plan/").content()
    boy.page.get_by_label("Youssef", exact=False).first.check()
    boy.press("Leave out, in silence")
    assert words not in teacher.go(f"{home}plan/").content(), "then persons, one by one"
