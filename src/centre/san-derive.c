/* san-derive.c - from a dossier's values to its due rows, summary and search keys
 *
 * The store calls this for each touched dossier inside the transaction of one compartment's
 * view. What goes into that view may use only what all of its readers can read. */
#include "san-derive.h"
#include "san-founding.h"
#include "san-due.h"
#include "san-search-key.h"

typedef struct
{
  SanCatalogue *catalogue;
  SanProgramme *programme;
  guint         asked[2];       /* by kind of dossier: compartments that have a milestone */
  GHashTable   *concerned;      /* form -> mask, as far as it was asked */
} Deriver;

static void
deriver_free (Deriver *self)
{
  g_hash_table_unref (self->concerned);
  san_programme_unref (self->programme);
  san_catalogue_unref (self->catalogue);
  g_free (self);
}

static SanInstant
instant_of (guint64 wall)
{
  SanInstant instant = { (gint64) wall, san_clock_zone ((gint64) wall) };

  return instant;
}

/* Answers of one entry were written in one moment, and the zone is dear to ask for. */
typedef struct
{
  SanFactSet *set;
  SanInstant  last;
} Filling;

static SanInstant
instant_again (Filling *self, guint64 wall)
{
  if ((gint64) wall != self->last.ms)
    self->last = instant_of (wall);
  return self->last;
}

static gboolean
add_record (const SanStoredRecord *stored, gpointer data)
{
  Filling *self = data;
  SanFactRecord record = { 0 };

  if (stored->withdrawn)
    return TRUE;
  record.record = stored->record;
  record.form = stored->form;
  record.written = instant_again (self, stored->wall);
  record.finished = stored->finished;
  record.finished_at =
      stored->finished ? instant_again (self, stored->finished_wall) : record.finished_at;
  san_fact_set_add_record (self->set, &record);
  return TRUE;
}

static gboolean
add_value (const SanStoredWrite *write, gpointer data)
{
  Filling *self = data;
  SanFactAnswer answer = { 0 };

  if (san_field_is_reserved (write->field))
    return TRUE;
  answer.record = write->record;
  answer.field = write->field;
  answer.value = write->value;
  answer.compartment = write->id.compartment;
  answer.entry = write->id.entry;
  answer.number = write->id.number;
  answer.wall = instant_again (self, write->wall);
  answer.doubtful = write->doubtful;
  san_fact_set_add_answer (self->set, &answer);
  return TRUE;
}

SanFactSet *
san_derive_facts (SanStore *store, SanCatalogue *catalogue, const SanId32 *dossier, guint mask,
                  GError **error)
{
  g_autoptr(SanFactSet) set = san_fact_set_new (catalogue);
  Filling filling = { set, { G_MININT64, 0 } };

  if (!san_store_each_record (store, dossier, mask, add_record, &filling, error) ||
      !san_store_each_value (store, dossier, NULL, mask, add_value, &filling, error))
    return NULL;
  return g_steal_pointer (&set);
}

/* What was read for one view is what is read for the next, if that has nothing of its own. */
typedef struct
{
  guint       filled;
  guint64     state;
  SanFactSet *facts;
} Read;

#define READS 8u

typedef struct
{
  SanId32 dossier;
  GArray *reads;             /* Read */
} Reads;

static void
read_clear (gpointer data)
{
  san_fact_set_unref (((Read *) data)->facts);
}

static void
reads_free (gpointer data)
{
  Reads *self = data;

  g_array_unref (self->reads);
  g_free (self);
}

static Reads *
reads_of (SanStore *store, const SanId32 *dossier)
{
  Reads *self = san_store_get_derive_memo (store);

  if (self != NULL && san_id32_equal (&self->dossier, dossier))
    return self;
  self = g_new0 (Reads, 1);
  self->dossier = *dossier;
  self->reads = g_array_new (FALSE, FALSE, sizeof (Read));
  g_array_set_clear_func (self->reads, read_clear);
  san_store_set_derive_memo (store, self, reads_free);
  return self;
}

static SanFactSet *
facts_for_view (SanStore *store, SanCatalogue *catalogue, const SanId32 *dossier, guint mask,
                GError **error)
{
  Reads *before = reads_of (store, dossier);
  Read now = { 0 };

  if (!san_store_list_filled (store, dossier, mask, &now.filled, &now.state, error))
    return NULL;
  for (guint i = 0; i < before->reads->len; i++)
    {
      const Read *read = &g_array_index (before->reads, Read, i);

      if (read->filled == now.filled && read->state == now.state)
        return san_fact_set_ref (read->facts);
    }
  now.facts = san_derive_facts (store, catalogue, dossier, mask, error);
  if (now.facts == NULL)
    return NULL;
  if (before->reads->len == READS)
    g_array_set_size (before->reads, 0);
  g_array_append_val (before->reads, now);
  return san_fact_set_ref (now.facts);
}

gboolean
san_derive_add_record (SanStore *store, SanFactSet *facts, const SanStoredRecord *record,
                       guint mask, GError **error)
{
  Filling filling = { facts, { G_MININT64, 0 } };

  return add_record (record, &filling) &&
         san_store_each_value (store, &record->dossier, &record->record, mask, add_value, &filling,
                               error);
}

static void
add_due (SanDerived *out, const SanDue *due, const SanId32 *child)
{
  SanKeptDue kept = { due->flags, due->missed, due->step, due->precision };
  g_autoptr(GBytes) data = san_kept_due_pack (&kept);
  SanDueRow row = { 0 };

  row.child = *child;
  row.milestone = due->milestone->id;
  row.record = due->record;
  row.at = due->at;
  row.exact = due->exact;
  row.notice = due->notice;
  row.turn = due->turn;
  row.data = data;
  san_derived_add_due (out, &row);
}

static void
derive_dues (Deriver *self, SanFactSet *facts, guint8 compartment, guint mask,
             const SanDossier *dossier, SanDerived *out)
{
  gint64 now = san_clock_now ();
  SanDueQuery query = { self->programme, facts,
                        dossier->type == SAN_FOUNDING_HOUSE ? SAN_DOSSIER_HOUSE : SAN_DOSSIER_CASE,
                        mask, compartment, now, san_clock_zone (now), FALSE };
  g_autoptr(GPtrArray) dues = san_due_compute (&query);

  for (guint i = 0; i < dues->len; i++)
    {
      const SanDue *due = g_ptr_array_index (dues, i);

      if (query.dossier == SAN_DOSSIER_CASE)
        add_due (out, due, &dossier->id);
      else if (due->children == NULL || due->children->len == 0)
        add_due (out, due, &san_id32_zero);
      else
        for (guint c = 0; c < due->children->len; c++)
          add_due (out, due, &g_array_index (due->children, SanId32, c));
    }
}

static char *
dup_fact_text (SanFactSet *facts, const char *fact)
{
  const SanFactAnswer *answer = san_fact_set_get_newest (facts, fact, NULL);
  g_auto(GStrv) codes = NULL;
  char *text;

  if (answer == NULL)
    return g_strdup ("");
  text = san_value_dup_text (answer->value);
  if (text != NULL)
    return text;
  codes = san_value_dup_codes (answer->value);
  return g_strdup (codes != NULL && codes[0] != NULL ? codes[0] : "");
}

static SanChildStatus
status_of (const SanStay *stay, const char *alias)
{
  if (stay == NULL && *alias == '\0')
    return SAN_STATUS_UNDONE;
  return stay != NULL && stay->has_left ? SAN_STATUS_FOLLOW_UP : SAN_STATUS_IN_CARE;
}

/* Beds sort as numbers where they are numbers: "7" before "12". */
static char *
sort_key (SanChildStatus status, const char *bed, const char *alias)
{
  return status == SAN_STATUS_UNDONE ? g_strdup ("~") : g_strdup_printf ("%8s %s", bed, alias);
}

static void
add_search (SanDerived *out, const char *kind, const char *text)
{
  g_autofree char *latin = *text != '\0' ? san_search_latin (text) : NULL;
  g_autofree char *keys = latin != NULL ? san_search_joined (latin) : NULL;

  if (keys != NULL && *keys != '\0')
    san_derived_add_search (out, keys, kind, latin);
}

static void
derive_house_summary (SanFactSet *facts, SanDerived *out)
{
  guint n_stays = san_fact_set_get_n_stays (facts);
  const SanStay *stay = san_fact_set_get_last_stay (facts);
  g_autofree char *alias = dup_fact_text (facts, "child.alias");
  g_autofree char *sign = dup_fact_text (facts, "child.sign");
  g_autofree char *bed = dup_fact_text (facts, "child.bed");
  gint64 from = stay != NULL ? stay->from.first : 0;
  SanChildStatus status = status_of (stay, alias);
  g_autofree char *sort = sort_key (status, bed, alias);
  SanKeptSummary kept = { alias, sign, bed, from, stay != NULL, san_clock_zone (from), n_stays };
  g_autoptr(GBytes) data = san_kept_summary_pack (&kept);

  san_derived_set_summary (out, sort, status, data);
  add_search (out, "alias", alias);
}

static void
derive_case_summary (SanFactSet *facts, SanDerived *out)
{
  g_autofree char *name = dup_fact_text (facts, "child.name");
  g_autoptr(GPtrArray) all = san_fact_set_list (facts, "child.name", NULL);
  g_autoptr(GBytes) data = g_bytes_new (name, strlen (name));

  san_derived_set_summary (out, name, 0, data);
  for (guint i = 0; i < all->len; i++)
    {
      const SanFactAnswer *answer = g_ptr_array_index (all, i);
      g_autofree char *text = san_value_dup_text (answer->value);

      if (text != NULL)
        add_search (out, "name", text);
    }
}

/* Does anything in the view of this compartment come from such a dossier? */
static gboolean
says_something (const Deriver *self, SanDossierKind kind, guint8 compartment)
{
  return (self->asked[kind] & (1u << compartment)) != 0 ||
         (kind == SAN_DOSSIER_CASE && compartment <= SAN_COMPARTMENT_CASE);
}

static gboolean
derive (SanStore *store, guint8 compartment, guint mask, const SanDossier *dossier, SanDerived *out,
        gpointer data, GError **error)
{
  Deriver *self = data;
  SanDossierKind kind = dossier->type == SAN_FOUNDING_HOUSE ? SAN_DOSSIER_HOUSE : SAN_DOSSIER_CASE;
  g_autoptr(SanFactSet) facts = NULL;

  if ((dossier->type != SAN_FOUNDING_CASE && dossier->type != SAN_FOUNDING_HOUSE) ||
      !says_something (self, kind, compartment))
    return TRUE;
  facts = facts_for_view (store, self->catalogue, &dossier->id, mask, error);
  if (facts == NULL)
    return FALSE;
  derive_dues (self, facts, compartment, mask, dossier, out);
  if (dossier->type == SAN_FOUNDING_CASE && compartment == SAN_COMPARTMENT_HOUSE)
    derive_house_summary (facts, out);
  if (dossier->type == SAN_FOUNDING_CASE && compartment == SAN_COMPARTMENT_CASE)
    derive_case_summary (facts, out);
  return TRUE;
}

/* Facts that the summaries are made of, beside stays. */
static const struct { const char *fact; guint8 compartment; } summed_up[] = {
  { "child.alias", SAN_COMPARTMENT_HOUSE },
  { "child.sign", SAN_COMPARTMENT_HOUSE },
  { "child.bed", SAN_COMPARTMENT_HOUSE },
  { "child.name", SAN_COMPARTMENT_CASE },
};

static guint
ask_concern (const Deriver *self, const char *form)
{
  const SanForm *known = san_catalogue_find_form (self->catalogue, form);
  guint mask = san_programme_get_concerned (self->programme, form);

  for (guint i = 0; known != NULL && i < G_N_ELEMENTS (summed_up); i++)
    if (san_concern_states (known, summed_up[i].fact))
      mask |= 1u << summed_up[i].compartment;
  return mask;
}

/* Forms that nobody knows come from outside, under any name: they are not kept. */
static guint
concern (const char *form, gpointer data)
{
  Deriver *self = data;
  const SanForm *known = san_catalogue_find_form (self->catalogue, form);
  gpointer mask;

  if (known == NULL)
    return G_MAXUINT;
  if (!g_hash_table_lookup_extended (self->concerned, form, NULL, &mask))
    {
      mask = GUINT_TO_POINTER (ask_concern (self, form));
      g_hash_table_insert (self->concerned, g_strdup (form), mask);
    }
  return GPOINTER_TO_UINT (mask);
}

gboolean
san_derive_install (SanStore *store, SanCatalogue *catalogue, SanProgramme *programme,
                    GError **error)
{
  Deriver *self = g_new0 (Deriver, 1);
  g_autofree char *version = g_strdup_printf ("3 %s %s", san_catalogue_get_digest (catalogue),
                                              san_programme_get_digest (programme));

  self->catalogue = san_catalogue_ref (catalogue);
  self->programme = san_programme_ref (programme);
  for (guint i = 0; i < san_programme_get_n_milestones (programme); i++)
    {
      const SanMilestone *milestone = san_programme_get_milestone (programme, i);

      self->asked[milestone->dossier] |= 1u << milestone->compartment;
    }
  self->concerned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  san_search_prepare ();
  if (!san_store_set_derive (store, version, derive, self, (GDestroyNotify) deriver_free, error))
    return FALSE;
  san_store_set_concern (store, concern);
  return TRUE;
}

const char *
san_child_status_name (guint status)
{
  static const char *const names[] = { "in-care", "follow-up", "closed", "undone" };

  return status < G_N_ELEMENTS (names) ? names[status] : "in-care";
}
