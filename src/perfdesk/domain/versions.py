"""What of a municipality is frozen when a year's programme goes to the council."""

import dataclasses

from perfdesk.domain.administration import Picture
from perfdesk.domain.control import Appropriations
from perfdesk.domain.plan import ProgrammeEntry
from perfdesk.domain.programme import Municipality, Programme
from perfdesk.domain.results import Results


def of_year(municipality: Municipality, programme: Programme) -> Municipality:
    """Return what a year's programme prints from, and nothing else.

    Other years, and plans, pictures and programmes of the list that the year makes no use of, are left out: to change
    them does not change what went to the council. So are results, which come after it, and what the programme is
    checked against, which is not printed in it.
    """
    plan = municipality.plan_of(programme.year)
    bare = dataclasses.replace(
        programme, results=Results(), versions=(), appropriations=Appropriations(), acceptances=()
    )
    return dataclasses.replace(
        municipality,
        plans=(plan,) if plan else (),
        programme_list=_entries(municipality, programme),
        pictures=_pictures(municipality, programme),
        programmes=(bare,),
    )


def _entries(municipality: Municipality, programme: Programme) -> tuple[ProgrammeEntry, ...]:
    used = {sub.sub_programme for sub in programme.sub_programmes}
    used |= {activity.sub_programme for holder in programme.holders() for activity in holder.activities}
    return tuple(entry for entry in municipality.programme_list if used & {sub.id for sub in entry.sub_programmes})


def _pictures(municipality: Municipality, programme: Programme) -> tuple[Picture, ...]:
    used = {block.picture for section in programme.sections for block in section.blocks}
    used.add(municipality.administration.logo)
    return tuple(picture for picture in municipality.pictures if picture.id in used)
