/* san-child-sections.c - the sections of a child's page */
#include "san-child-sections.h"
#include "san-compartment.h"
#include "san-i18n.h"

static const SanChildSection sections[] = {
  { "overview", N_("Overview"), -1, N_("Nothing is written yet."), NULL },
  { "plan", N_("Plan"), SAN_COMPARTMENT_CASE, N_("No plan yet."), NULL },
  { "health", N_("Health"), SAN_COMPARTMENT_MEDICAL, N_("No health check yet."),
    N_("Examinations and what the doctor advised will stand here, newest first.") },
  { "counselling", N_("Counselling"), SAN_COMPARTMENT_CLINICAL, N_("No session yet."),
    N_("Sessions will stand here, her own words first.") },
  { "court", N_("Court"), -1, N_("No order and no hearing yet."),
    N_("Orders of the committee and hearings will stand here, newest first.") },
  { "family", N_("Family"), SAN_COMPARTMENT_CASE, N_("Nothing about her family yet."),
    N_("Her people, her home and who may call her will stand here.") },
  { "papers", N_("Papers"), -1, N_("No papers yet."),
    N_("How she came, and one day how she left, will stand here.") },
  { "outcomes", N_("Outcomes"), SAN_COMPARTMENT_CLINICAL, N_("No score yet."),
    N_("Two scores on one sheet make a line here that shows what has changed.") },
  { "daily", N_("Daily life"), -1, N_("Nothing about her days yet."),
    N_("What helps her and what to take care of will stand here.") },
};

const SanChildSection *
san_child_section_nth (guint i)
{
  return i < G_N_ELEMENTS (sections) ? &sections[i] : NULL;
}

const SanChildSection *
san_child_section_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_strcmp0 (sections[i].id, id) == 0)
      return &sections[i];
  return &sections[0];
}
