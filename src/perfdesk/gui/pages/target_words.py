"""What the form of a target says of it besides its fields: what it stands under, and that it is deferred."""

from perfdesk.domain.programme import Municipality, SubProgramme, Target
from perfdesk.i18n import _
from perfdesk.tables.context import Context, coded


def above(municipality: Municipality, ctx: Context, holder: Target | SubProgramme) -> str:
    """Return what a target or sub-programme stands under, from the top."""
    if isinstance(holder, SubProgramme):
        listed = municipality.programme_list
        holds = (one for one in listed if any(sub.id == holder.sub_programme for sub in one.sub_programmes))
        return next((_("Programme {name}").format(name=coded(one.code, one.name)) for one in holds), "")
    goal, objective = ctx.objectives.get(holder.objective, (None, None))
    if goal is None or objective is None:
        return _("Without a goal")
    names = (
        _("Goal {code} · {title}").format(code=ctx.codes.goals[goal.id], title=goal.title),
        _("Objective {code} · {title}").format(code=ctx.codes.objectives[objective.id], title=objective.title),
    )
    return "  ›  ".join(names)


def deferral(ctx: Context, holder: Target | SubProgramme) -> str:
    """Return what is printed of a target that is deferred, and where its reason is written; "" of another one."""
    if not isinstance(holder, Target) or not holder.deferred:
        return ""
    if holder.description:
        return _("Deferred this year: the book prints “{sentence}”, with the description as its reason.").format(
            sentence=ctx.labels["deferred"]
        )
    return _("Deferred this year: the book prints “{sentence}”. Write the reason into the description.").format(
        sentence=ctx.labels["deferred"]
    )
