/* san-sight.c - all that a laptop says, as lines of text under names, free of inner numbers */
#include "san-sight.h"
#include "san-store-check.h"
#include "san-founding.h"
#include "san-store-rights.h"

static GString *
need_lines (Sight *self, const char *what, const SanId32 *id)
{
  g_autofree char *hex = san_id32_to_text (id);
  g_autofree char *name = g_strdup_printf ("%s %.12s", what, hex);
  GString *text = g_hash_table_lookup (self->lines, name);

  if (text == NULL)
    {
      text = g_string_new (NULL);
      g_hash_table_insert (self->lines, g_steal_pointer (&name), text);
    }
  return text;
}

static void
string_free (gpointer text)
{
  g_string_free (text, TRUE);
}

static char *
short32 (const SanId32 *id)
{
  g_autofree char *hex = san_id32_to_text (id);

  return g_strndup (hex, 12);
}

static char *
short16 (const SanId16 *id)
{
  g_autofree char *hex = san_id16_to_text (id);

  return g_strndup (hex, 12);
}

typedef struct
{
  SanStore *store;
  GString  *text;
} Reasons;

static gboolean
put_reason (SanEntry *entry, gpointer data)
{
  Reasons *reasons = data;
  g_autofree char *id = short32 (san_entry_get_id (entry));
  SanJudgement why;

  g_assert_true (san_store_judge (reasons->store, san_entry_get_id (entry), &why, NULL));
  g_string_append_printf (reasons->text, "  %s kind %u visible %02x %s\n", id,
                          san_entry_get_header (entry)->kind, why.visible,
                          san_held_reason_get_name (why.reason));
  return TRUE;
}

static void
add_heads (Sight *self, SanStore *store)
{
  g_autoptr(GPtrArray) heads = san_store_list_heads (store, NULL, NULL);
  g_autoptr(GPtrArray) forks = san_store_list_forks (store, NULL);
  g_autoptr(GPtrArray) held = san_store_list_held (store, NULL);
  Reasons reasons = { store, NULL };

  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = g_ptr_array_index (heads, i);
      g_autofree char *journal = short16 (&head->journal);
      g_autofree char *id = short32 (&head->id);

      g_string_append_printf (need_lines (self, "heads", &head->dossier),
                              "%s %" G_GUINT64_FORMAT " %s\n", journal, head->number, id);
    }
  for (guint i = 0; i < forks->len; i++)
    {
      const SanFork *fork = g_ptr_array_index (forks, i);
      g_autofree char *journal = short16 (&fork->journal);

      g_string_append_printf (need_lines (self, "forks", &fork->dossier),
                              "%s %" G_GUINT64_FORMAT " %u\n", journal, fork->number,
                              fork->branches);
    }
  for (guint i = 0; i < held->len; i++)
    {
      const SanHeldRow *row = g_ptr_array_index (held, i);
      g_autofree char *journal = short16 (&row->journal);
      g_autofree char *author = short32 (&row->author);

      g_string_append_printf (need_lines (self, "held", &row->dossier),
                              "%s %s %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT
                              " %u %" G_GUINT64_FORMAT "\n",
                              journal, author, row->from, row->to, row->n, row->wall);
      reasons.text = need_lines (self, "held", &row->dossier);
      g_assert_true (san_store_each_of_journal (store, &row->dossier, &row->journal, row->from,
                                                row->to, put_reason, &reasons, NULL));
    }
}

/* --- authority --- */

static void
put_entries (GString *text, const SanAuthority *authority)
{
  for (guint i = 0; i < san_authority_get_n_entries (authority); i++)
    {
      SanHeldReason reason;
      g_autofree char *id = short32 (san_authority_get_entry (authority, i, &reason));

      g_string_append_printf (text, "entry %s %s\n", id, san_held_reason_get_name (reason));
    }
}

static void
put_seats (GString *text, const SanAuthority *authority)
{
  for (guint i = 0; i < san_authority_get_n_seats (authority); i++)
    {
      const SanSeat *seat = san_authority_get_seat (authority, i);
      g_autofree char *id = short32 (&seat->seat);
      g_autofree char *staff = short16 (&seat->staff);

      g_string_append_printf (text, "seat %s %s %s%s%s%s%s %u\n", id, staff, seat->role,
                              seat->removed ? " removed" : "", seat->suspended ? " suspended" : "",
                              seat->spent ? " spent" : "", seat->superintendent ? " in office" : "",
                              seat->n_removals);
    }
  for (guint i = 0; i < san_authority_get_n_devices (authority); i++)
    {
      const SanDevice *device = san_authority_get_device (authority, i);
      g_autofree char *id = short16 (&device->device);

      g_string_append_printf (text, "device %s%s\n", id, device->removed ? " removed" : "");
    }
}

static void
put_removals (GString *text, const SanAuthority *authority)
{
  for (guint i = 0; i < san_authority_get_n_removals (authority); i++)
    {
      const SanRemoval *removal = san_authority_get_removal (authority, i);
      g_autofree char *id = short32 (&removal->id);

      g_string_append_printf (text, "removal %s %u %s%s%s %u\n", id, removal->what,
                              san_held_reason_get_name (removal->reason),
                              removal->effective ? " effective" : "",
                              removal->living ? " living" : "", removal->n_cuts);
    }
}

static void
put_rings (GString *text, const SanAuthority *authority)
{
  for (guint i = 0; i < san_authority_get_n_rings (authority); i++)
    {
      const SanRing *ring = san_authority_get_ring (authority, i);
      g_autofree char *id = short32 (&ring->id);

      g_string_append_printf (text, "ring %u %s%s%s%s %u\n", ring->compartment, id,
                              ring->effective ? " effective" : "", ring->leaf ? " leaf" : "",
                              ring->pending ? " pending" : "", ring->n_holds);
      for (guint h = 0; h < ring->n_holds; h++)
        {
          g_autofree char *to = short32 (&ring->holds[h].grantee);
          g_autofree char *by = short32 (&ring->holds[h].by);

          g_string_append_printf (text, "  held by %s %s\n", to, by);
        }
    }
}

static void
add_authority (Sight *self, SanStore *store, const SanId32 *centre)
{
  const SanAuthority *authority = san_store_get_authority (store, centre, NULL);
  GString *text = need_lines (self, "authority", centre);

  g_assert_nonnull (authority);
  put_entries (text, authority);
  put_seats (text, authority);
  put_removals (text, authority);
  put_rings (text, authority);
  if (san_authority_is_frozen (authority))
    g_string_append (text, "frozen\n");
}

/* --- dossiers --- */

static void
add_rights (Sight *self, SanStore *store, const SanId32 *dossier, GPtrArray *centres)
{
  const SanDossierRights *rights = san_store_get_rights (store, dossier, NULL);
  GString *text = need_lines (self, "rights", dossier);

  g_assert_nonnull (rights);
  g_string_append_printf (text, "founded %d\n", san_dossier_rights_is_founded (rights, NULL));
  for (guint i = 0; i < centres->len; i++)
    {
      const SanId32 *centre = &((const SanDossier *) g_ptr_array_index (centres, i))->id;
      g_autofree char *id = short32 (centre);

      if (san_dossier_rights_get_reads (rights, centre) |
          san_dossier_rights_get_writes (rights, centre))
        g_string_append_printf (text, "%s %02x %02x\n", id,
                                san_dossier_rights_get_reads (rights, centre),
                                san_dossier_rights_get_writes (rights, centre));
    }
}

static gboolean
put_write (const SanStoredWrite *write, gpointer data)
{
  g_autofree char *entry = short32 (&write->id.entry);
  gsize n;
  const guint8 *value = san_value_get_data (write->value, &n);
  g_autofree char *hex = san_bytes_to_hex (value, MIN (n, 16));

  g_string_append_printf (data, "  %s %s %u state %u rank %u%s %s\n", write->field, entry,
                          write->id.number, write->state, write->rank,
                          write->unseen ? " unseen" : "", hex);
  return TRUE;
}

static void
put_records (GString *text, SanStore *store, const SanId32 *dossier, guint mask)
{
  g_autoptr(GPtrArray) records = san_store_list_records (store, dossier, mask, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const SanStoredRecord *record = g_ptr_array_index (records, i);
      g_autofree char *id = short16 (&record->record);

      g_string_append_printf (text, "record %s %s%s%s%s %u\n", id, record->form,
                              record->finished ? " finished" : "",
                              record->withdrawn ? " withdrawn" : "",
                              record->in_review ? " review" : "", record->n_amends);
      g_assert_true (san_store_each_write (store, dossier, &record->record, record->form, NULL,
                                           mask, put_write, text, NULL));
    }
}

static void
add_dossiers (Sight *self, SanStore *store)
{
  g_autoptr(GPtrArray) dossiers = san_store_list_dossiers (store, 0, NULL, G_MAXUINT, NULL);
  g_autoptr(GPtrArray) centres = g_ptr_array_new ();

  for (guint i = 0; i < dossiers->len; i++)
    if (((const SanDossier *) g_ptr_array_index (dossiers, i))->type <= SAN_FOUNDING_PROGRAMME)
      g_ptr_array_add (centres, g_ptr_array_index (dossiers, i));
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);
      g_autofree char *owner = short32 (&dossier->owner);

      g_string_append_printf (need_lines (self, "dossier", &dossier->id),
                              "type %u owner %s standing %u%s\n", dossier->type, owner,
                              dossier->standing, dossier->erased ? " erased" : "");
      if (dossier->type <= SAN_FOUNDING_PROGRAMME)
        add_authority (self, store, &dossier->id);
      else
        add_rights (self, store, &dossier->id, centres);
      if (dossier->type > SAN_FOUNDING_PROGRAMME && (dossier->standing & SAN_STANDING_SHOWN))
        put_records (need_lines (self, "house", &dossier->id), store, &dossier->id,
                     1u << SAN_COMPARTMENT_HOUSE);
    }
}

static void
add_lacks (Sight *self, SanStore *store)
{
  g_autoptr(GPtrArray) wants = san_store_list_wants (store, NULL);
  g_autoptr(GPtrArray) bad = san_store_list_quarantined (store, NULL);

  for (guint i = 0; i < wants->len; i++)
    {
      const SanWantRange *want = g_ptr_array_index (wants, i);
      g_autofree char *journal = short16 (&want->journal);

      g_string_append_printf (need_lines (self, "lacks", &want->dossier),
                              "%s %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "\n", journal,
                              want->from, want->to);
    }
  for (guint i = 0; i < bad->len; i++)
    {
      const SanQuarantined *row = g_ptr_array_index (bad, i);

      g_string_append_printf (need_lines (self, "bad", &row->dossier), "%s\n", row->why);
    }
}

Sight *
sight_new (Laptop *laptop)
{
  Sight *self = g_new0 (Sight, 1);
  SanStore *store = laptop->centre->store;

  self->laptop = laptop;
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, string_free);
  add_heads (self, store);
  add_dossiers (self, store);
  add_lacks (self, store);
  return self;
}

void
sight_add_views (Sight *self)
{
  SanStore *store = self->laptop->centre->store;
  guint mask = san_store_get_open_mask (store);

  g_assert_cmpuint (san_store_get_behind_mask (store), ==, 0);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      g_autoptr(GPtrArray) rings = c > 0 ? san_store_list_rings (store, (int) c, NULL) : NULL;
      SanId32 ring = san_id32_zero;
      g_autofree char *what = g_strdup_printf ("view %u", c);
      g_autofree char *hex = NULL;
      SanId32 digest;
      GString *text;

      if (!(mask & (1u << c)))
        continue;
      if (c > 0)
        {
          const SanHeldRing *mine = g_ptr_array_index (rings, 0);

          g_assert_true (mine->mine);
          ring = mine->id;
        }
      g_assert_true (san_store_view_digest (store, (guint8) c, FALSE, &digest, NULL));
      hex = san_id32_to_text (&digest);
      text = need_lines (self, what, &ring);
      g_string_assign (text, hex);
    }
}

void
sight_free (Sight *self)
{
  g_hash_table_unref (self->lines);
  g_free (self);
}

const char *
sight_get (const Sight *self, const char *what, const SanId32 *id)
{
  g_autofree char *hex = san_id32_to_text (id);
  g_autofree char *name = g_strdup_printf ("%s %.12s", what, hex);
  const GString *text = g_hash_table_lookup (self->lines, name);

  return text != NULL ? text->str : NULL;
}

static void
put_bytes (GString *text, GBytes *bytes)
{
  gsize n = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &n) : NULL;
  g_autofree char *hex = san_bytes_to_hex (data, n);

  g_string_append (text, hex);
}

char *
sight_dup_records (SanStore *store, guint8 compartment)
{
  g_autoptr(GPtrArray) dossiers =
      san_store_list_dossiers (store, 0, NULL, SAN_STANDING_SHOWN, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);
      g_autofree char *id = short32 (&dossier->id);

      g_string_append_printf (text, "dossier %s\n", id);
      put_records (text, store, &dossier->id, 1u << compartment);
    }
  return g_string_free (text, FALSE);
}

char *
sight_dup_derived (SanStore *store, guint8 compartment)
{
  g_autoptr(GPtrArray) dues = san_store_list_due (store, 1u << compartment, NULL, G_MAXINT64, NULL);
  g_autoptr(GPtrArray) summaries =
      san_store_list_summaries (store, compartment, -1, 0, 100000, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; dues != NULL && i < dues->len; i++)
    {
      const SanDueRow *row = g_ptr_array_index (dues, i);
      g_autofree char *dossier = short32 (&row->dossier);
      g_autofree char *child = short32 (&row->child);
      g_autofree char *record = short16 (&row->record);

      g_string_append_printf (text,
                              "due %s %s %s %s at %" G_GINT64_FORMAT " %d notice %" G_GINT64_FORMAT
                              " turn %" G_GINT64_FORMAT " ",
                              dossier, child, row->milestone, record, row->at, row->exact,
                              row->notice, row->turn);
      put_bytes (text, row->data);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    {
      const SanSummaryRow *row = g_ptr_array_index (summaries, i);
      g_autofree char *dossier = short32 (&row->dossier);

      g_string_append_printf (text, "summary %s %s %u ", dossier, row->sort, row->status);
      put_bytes (text, row->data);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* Lines that the one has and the other has not. */
char *
sight_difference (const char *name, const char *a, const char *b)
{
  g_auto(GStrv) one = g_strsplit (a, "\n", -1);
  g_auto(GStrv) two = g_strsplit (b, "\n", -1);
  GString *text = g_string_new (name);

  for (guint i = 0; one[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) two, one[i]))
      g_string_append_printf (text, "\n#   only the first: %s", one[i]);
  for (guint i = 0; two[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) one, two[i]))
      g_string_append_printf (text, "\n#   only the second: %s", two[i]);
  return g_string_free (text, FALSE);
}

char *
sight_compare (const Sight *a, const Sight *b, const char *name)
{
  const GString *one = g_hash_table_lookup (a->lines, name);
  const GString *two = g_hash_table_lookup (b->lines, name);
  const char *first = one != NULL ? one->str : "";
  const char *second = two != NULL ? two->str : "";

  return g_str_equal (first, second) ? NULL : sight_difference (name, first, second);
}

/* Removed; or let in by somebody who had been removed, which is here and does not count. */
gboolean
sight_leaves_out (const Sight *self, const Laptop *other)
{
  SanStore *store = self->laptop->centre->store;
  SanId32 sign_pk;
  const SanAuthority *authority = san_store_get_authority (store, &other->centre->id, NULL);
  const SanDevice *device =
      authority != NULL ? san_authority_find_device (authority, &other->centre->device) : NULL;

  return device != NULL ? device->removed
                        : authority != NULL &&
                              san_store_find_device (store, &other->centre->id,
                                                     &other->centre->device, &sign_pk, NULL);
}
