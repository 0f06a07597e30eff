from perfdesk.gui.steps import Play, Steps


def made(*plays):
    steps = Steps()
    for play in plays:
        steps.follow(play)
    return steps


def test_a_step_keeps_its_number_when_it_is_undone_and_done_again():
    steps = made(Play.MADE, Play.MADE)
    assert steps.last == 2
    steps.follow(Play.UNDONE)
    assert (steps.last, steps.played, steps.is_gone(2)) == (1, 2, False)
    steps.follow(Play.REDONE)
    assert (steps.last, steps.played) == (2, 2)


def test_what_was_undone_is_gone_with_the_next_step():
    steps = made(Play.MADE, Play.UNDONE, Play.MADE)
    assert (steps.last, steps.is_gone(1), steps.is_gone(2)) == (2, True, False)


def test_a_step_from_before_the_counting_gets_a_number_of_its_own():
    steps = made(Play.UNDONE, Play.REDONE)
    assert (steps.last, steps.played) == (1, 1)
