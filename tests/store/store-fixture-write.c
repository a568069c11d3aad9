/* store-fixture-write.c - writing, exchanging and looking, for the tests of the store */
#include "store-fixture-private.h"

static GArray *known_by; /* Known */
typedef struct
{
  SanId32 centre;
  guint8 compartment;
  SanId32 ring;
} Known;

void
know_nobody (void)
{
  g_clear_pointer (&known_by, g_array_unref);
}

void
know_by (Centre *centre, guint8 compartment, const SanId32 *ring)
{
  Known known = { centre->id, compartment, *ring };

  if (!known_by)
    known_by = g_array_new (FALSE, FALSE, sizeof (Known));
  g_array_append_val (known_by, known);
}

static void
anchors_cb (gpointer data, const SanId32 *centre, guint8 compartment, GArray *out)
{
  for (guint i = 0; known_by && i < known_by->len; i++)
    {
      const Known *known = &g_array_index (known_by, Known, i);

      if (san_id32_equal (&known->centre, centre) && known->compartment == compartment)
        g_array_append_val (out, known->ring);
    }
}

/* Writing */

struct _Save
{
  Person *person;
  SanId32 dossier;
  SanChangeBuilder *builders[SAN_N_COMPARTMENTS];
};

Save *
save_new (Person *person, const SanId32 *dossier)
{
  Save *self = g_new0 (Save, 1);

  self->person = person;
  self->dossier = *dossier;
  return self;
}

static SanChangeBuilder *
builder_of (Save *self, guint8 compartment)
{
  if (!self->builders[compartment])
    self->builders[compartment] = san_change_builder_new ();
  return self->builders[compartment];
}

void
save_set (Save *self, guint8 compartment, const SanId16 *record, const char *form,
          const char *field, SanValue *value)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) now = san_store_list_values (
      self->person->laptop->store, &self->dossier, record, form, field, 1u << compartment, &error);
  g_autoptr(GArray) targets = g_array_new (FALSE, TRUE, sizeof (SanWriteId));

  g_assert_no_error (error);
  for (guint i = 0; i < now->len; i++)
    if (strcmp (field, SAN_FIELD_AMEND) != 0)
      g_array_append_val (targets, ((SanStoredWrite *)now->pdata[i])->id);
  san_change_builder_add (builder_of (self, compartment), record, form, field, value,
                          (SanWriteId *)(gpointer)targets->data, targets->len, &error);
  g_assert_no_error (error);
  san_value_unref (value);
}

void
save_text (Save *self, guint8 compartment, const SanId16 *record, const char *form,
           const char *field, const char *text)
{
  save_set (self, compartment, record, form, field, san_value_new_text (text, NULL));
}

void
save_blind (Save *self, guint8 compartment, const SanId16 *record, const char *form,
            const char *field, const char *text, const SanWriteId *supersedes, guint n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanValue) value = san_value_new_text (text, NULL);

  san_change_builder_add (builder_of (self, compartment), record, form, field, value, supersedes, n,
                          &error);
  g_assert_no_error (error);
}

void
save_finish (Save *self, guint8 compartment, const SanId16 *record, const char *form)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) closing = san_store_list_closing (
      self->person->laptop->store, &self->dossier, record, form, compartment, &error);
  g_autofree SanId32 *ids = g_new0 (SanId32, MAX (closing->len, 1));

  g_assert_no_error (error);
  for (guint i = 0; i < closing->len; i++)
    ids[i] = *(SanId32 *)closing->pdata[i];
  san_change_builder_finish (builder_of (self, compartment), record, form, ids, closing->len, NULL,
                             0, &error);
  g_assert_no_error (error);
}

static SanKeyChoice *
choose_key (Save *self, guint8 compartment)
{
  SanStore *store = self->person->laptop->store;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) grants
      = san_store_list_key_grants (store, &self->dossier, compartment, &error);
  g_autoptr(GPtrArray) rings = rings_of (self->person->laptop, -1);
  g_autoptr(GArray) held = g_array_new (FALSE, FALSE, sizeof (SanId32));
  SanId32 my_ring;
  gboolean has = san_store_get_my_ring (store, compartment, &my_ring);
  SanKeyQuestion question = {
    .rights = san_store_get_rights (store, &self->dossier, &error),
    .centres = san_store_get_centre_lookup (store),
    .grants = grants,
    .centre = self->person->laptop->centre->id,
    .compartment = compartment,
    .my_ring = has ? &my_ring : NULL,
    .anchors = anchors_cb,
  };
  SanKeyChoice *choice;

  g_assert_no_error (error);
  for (guint i = 0; i < rings->len; i++)
    g_array_append_val (held, ((SanHeldRing *)rings->pdata[i])->id);
  question.held = (SanId32 *)(gpointer)held->data;
  question.n_held = held->len;
  choice = san_key_choose (&question, &error);
  g_assert_no_error (error);
  return choice;
}

/* The key to write under; made, and granted, if there is none. NULL: this login has no ring. */
static SanSecret *
key_for (Save *self, Press *press, guint8 compartment)
{
  SanStore *store = self->person->laptop->store;
  g_autoptr(SanKeyChoice) choice = choose_key (self, compartment);
  g_autoptr(GPtrArray) keys = NULL;
  g_autoptr(GError) error = NULL;
  SanSecret *key;

  if (choice->verdict == SAN_KEY_NO_RING)
    return NULL;
  if (choice->verdict == SAN_KEY_USE)
    {
      key = san_store_dup_dossier_key (store, compartment, &choice->key_id, &error);
      g_assert_no_error (error);
      return key;
    }
  keys = san_store_list_dossier_keys (store, &self->dossier, compartment, &error);
  g_assert_no_error (error);
  key = san_secret_new_random (32);
  press_grant (press, &self->dossier,
               san_key_grant_make (compartment, key, keys->len ? keys->pdata[keys->len - 1] : NULL,
                                   (SanKeyTarget *)(gpointer)choice->targets->data,
                                   choice->targets->len, &error));
  g_assert_no_error (error);
  return key;
}

static void
save_free (Save *self)
{
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    g_clear_pointer (&self->builders[c], san_change_builder_free);
  g_free (self);
}

/* Rings that somebody removed was given follow one another before anything is written. */
static void
rotate_first (Save *self)
{
  for (guint8 c = 1; c < SAN_N_COMPARTMENTS; c++)
    {
      g_autoptr(SanKeyChoice) choice = self->builders[c] ? choose_key (self, c) : NULL;

      if (choice && choice->verdict == SAN_KEY_ROTATE)
        rotate (self->person, c, &choice->ring, choice->others);
    }
}

gboolean
save_try (Save *self, SanId32 *id, GError **error)
{
  Press *press;
  SanPartDraft parts[SAN_N_COMPARTMENTS];
  g_autoptr(GBytes) body = NULL;
  SanHeader header;
  guint n = 0;

  rotate_first (self);
  press = press_new (self->person);
  for (guint8 c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (self->builders[c])
      {
        parts[n].compartment = c;
        parts[n].key = c ? key_for (self, press, c) : NULL;
        if (c && !parts[n].key)
          parts[n].key = san_secret_new_random (32); /* a login that guesses */
        parts[n++].changes = san_change_builder_end (self->builders[c], error);
      }
  fill_header (press, &self->dossier, SAN_KIND_CHANGES, &header);
  body = san_data_body_make (&header, parts, n, NULL, error);
  g_assert_nonnull (body);
  for (guint i = 0; i < n; i++)
    {
      san_change_list_unref (parts[i].changes);
      san_secret_unref (parts[i].key);
    }
  save_free (self);
  if (add_signed (press, &header, body, id, error))
    return press_try (press, error);
  san_write_free (press->tx);
  g_free (press);
  return FALSE;
}

void
save_end (Save *self, SanId32 *id)
{
  g_autoptr(GError) error = NULL;

  save_try (self, id, &error);
  g_assert_no_error (error);
}

void
save_one (Person *person, const SanId32 *dossier, guint8 compartment, const SanId16 *record,
          const char *form, const char *field, const char *text)
{
  Save *save = save_new (person, dossier);

  save_text (save, compartment, record, form, field, text);
  save_end (save, NULL);
}

void
record_new (SanId16 *out)
{
  san_random (out->b, sizeof out->b);
}

/* By hand */

GBytes *
house_body (const SanId16 *record, const char *form, const char *field, const char *text)
{
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autoptr(SanValue) value = san_value_new_text (text, NULL);
  g_autoptr(SanChangeList) list = NULL;
  SanHeader header = { 0 };
  SanPartDraft part = { 0 };

  san_change_builder_add (builder, record, form, field, value, NULL, 0, NULL);
  list = san_change_builder_end (builder, NULL);
  part.changes = list;
  return san_data_body_make (&header, &part, 1, NULL, NULL);
}

/* A kind of the future: nothing of ours would sign it. */
static GBytes *
sign_by_hand (SanHeader *header, GBytes *body, const SanSignKey *key, SanId32 *id)
{
  guint8 raw[SAN_HEADER_SIZE];
  GByteArray *bytes = g_byte_array_new ();

  header->body_size = g_bytes_get_size (body);
  san_hash ("san1.body", g_bytes_get_data (body, NULL), header->body_size, &header->body_hash);
  san_header_encode (header, raw);
  san_sign (key, "san1.entry.sig", raw, SAN_SIGNED_SIZE, raw + SAN_SIGNED_SIZE);
  san_hash ("san1.entry.id", raw, SAN_SIGNED_SIZE, id);
  g_byte_array_append (bytes, raw, sizeof raw);
  g_byte_array_append (bytes, g_bytes_get_data (body, NULL), header->body_size);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
hand_made (Person *author, const SanId32 *dossier, const SanId16 *journal, guint64 number,
           const SanId32 *previous, guint8 kind, GBytes *body, SanId32 *id)
{
  SanHeader header
      = { .kind = kind, .journal = *journal, .number = number, .author = *person_pk (author) };
  g_autoptr(SanEntry) entry = NULL;
  g_autoptr(GError) error = NULL;

  if (dossier)
    header.dossier = *dossier;
  if (previous && number > 1)
    header.previous = *previous;
  header.wall = author->laptop->wall += 1000;
  if (kind > SAN_KIND_KEY_GRANT)
    return sign_by_hand (&header, body, author->sign, id);
  entry = san_entry_sign (&header, body, author->sign, &error);
  g_assert_no_error (error);
  if (id)
    *id = *san_entry_get_id (entry);
  return san_entry_to_bytes (entry);
}

GBytes *
next_by_hand (Person *author, const SanId32 *dossier, const SanId16 *journal, guint64 *number,
              SanId32 *link, const char *text)
{
  g_autoptr(GBytes) body = NULL;
  SanId16 record;

  record_new (&record);
  body = house_body (&record, "welcome", "note", text);
  *number += 1;
  return hand_made (author, dossier, journal, *number, link, SAN_KIND_CHANGES, body, link);
}

void
head_of (Laptop *laptop, const SanId32 *dossier, const SanId16 *journal, guint64 *number,
         SanId32 *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) heads = san_store_list_heads (laptop->store, dossier, &error);

  g_assert_no_error (error);
  *number = 0;
  *id = san_id32_zero;
  for (guint i = 0; i < heads->len; i++)
    {
      const SanHead *head = heads->pdata[i];

      if (san_id16_equal (&head->journal, journal))
        {
          *number = head->number;
          *id = head->id;
        }
    }
}

/* Exchange */

static gboolean
add_bytes (SanEntry *entry, gpointer list)
{
  GBytes *bytes = san_entry_to_bytes (entry);

  if (bytes)
    g_ptr_array_add (list, bytes);
  return TRUE;
}

GPtrArray *
entries_of (Laptop *laptop)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) dossiers = san_store_list_dossiers (laptop->store, 0, NULL, 0xff, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = dossiers->pdata[i];
      g_autoptr(GPtrArray) entries = NULL;

      if (dossier->type > SAN_FOUNDING_PROGRAMME)
        continue;
      entries = san_store_list_authority (laptop->store, &dossier->id, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < entries->len; j++)
        add_bytes (entries->pdata[j], list);
    }
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = dossiers->pdata[i];

      if (dossier->type > SAN_FOUNDING_PROGRAMME)
        san_store_each_of_dossier (laptop->store, &dossier->id, add_bytes, list, &error);
      g_assert_no_error (error);
    }
  return list;
}

void
apply_list (Laptop *to, GPtrArray *entries, SanApplySummary *summary)
{
  SanId16 peer = { { 7 } };
  g_autoptr(GError) error = NULL;
  g_autoptr(SanApply) apply = san_apply_begin (to->store, &peer, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      san_apply_add (apply, entries->pdata[i], NULL, &error);
      g_assert_no_error (error);
    }
  san_apply_commit (apply, NULL, summary, &error);
  g_assert_no_error (error);
}

void
send_all (Laptop *from, Laptop *to, SanApplySummary *summary)
{
  g_autoptr(GPtrArray) entries = entries_of (from);

  apply_list (to, entries, summary);
}

SanApplyOutcome
apply_one (Laptop *to, GBytes *entry)
{
  SanId16 peer = { { 7 } };
  g_autoptr(GError) error = NULL;
  g_autoptr(SanApply) apply = san_apply_begin (to->store, &peer, &error);
  SanApplyOutcome outcome;

  san_apply_add (apply, entry, &outcome, &error);
  g_assert_no_error (error);
  san_apply_commit (apply, NULL, NULL, &error);
  g_assert_no_error (error);
  return outcome;
}

static guint
apply_piece (Laptop *to, GPtrArray *entries, guint from, guint n)
{
  g_autoptr(GPtrArray) piece = g_ptr_array_new ();
  g_auto(SanApplySummary) summary = { { 0 } };

  for (guint i = from; i < entries->len && i < from + n; i++)
    g_ptr_array_add (piece, entries->pdata[i]);
  apply_list (to, piece, &summary);
  return summary.n[SAN_APPLY_NEW] + summary.n[SAN_APPLY_WAITING] + summary.n_freed;
}

void
apply_shuffled (Laptop *to, GPtrArray *entries, GRand *random)
{
  gboolean again = TRUE;

  while (again)
    {
      for (guint i = entries->len; i > 1; i--)
        {
          guint j = g_rand_int_range (random, 0, i);
          gpointer other = entries->pdata[j];

          entries->pdata[j] = entries->pdata[i - 1];
          entries->pdata[i - 1] = other;
        }
      again = FALSE;
      for (guint from = 0, n; from < entries->len; from += n)
        {
          n = g_rand_int_range (random, 1, entries->len + 1);
          again |= apply_piece (to, entries, from, n) > 0;
        }
    }
}

/* Looking */

char *
text_of (Laptop *laptop, const SanId32 *dossier, const SanId16 *record, const char *field)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) values
      = san_store_list_values (laptop->store, dossier, record, NULL, field, ALL, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < values->len; i++)
    {
      g_autofree char *one = san_value_dup_text (((SanStoredWrite *)values->pdata[i])->value);

      g_string_append_printf (text, "%s%s", i ? "|" : "", one ? one : "?");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
assert_same_views (Laptop *a, Laptop *b, guint mask)
{
  g_autoptr(GError) error = NULL;
  SanId32 one, two;

  san_store_head_digest (a->store, &one, &error);
  g_assert_no_error (error);
  san_store_head_digest (b->store, &two, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (one.b, sizeof one.b, two.b, sizeof two.b);
  for (guint8 c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (mask & (1u << c))
      {
        san_store_view_digest (a->store, c, TRUE, &one, &error);
        g_assert_no_error (error);
        san_store_view_digest (b->store, c, TRUE, &two, &error);
        g_assert_no_error (error);
        g_assert_cmpmem (one.b, sizeof one.b, two.b, sizeof two.b);
      }
}

void
assert_sound (Laptop *laptop)
{
  g_auto(SanVerifyReport) report = { 0 };
  g_autoptr(GError) error = NULL;

  san_store_verify (laptop->store, SAN_VERIFY_ALL, 0, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report.problems->len; i++)
    g_test_message ("%s", (char *)report.problems->pdata[i]);
  g_assert_cmpuint (report.problems->len, ==, 0);
}

gboolean
file_holds (Laptop *laptop, const char *text)
{
  GDir *dir = g_dir_open (laptop->dir, 0, NULL);
  gboolean holds = FALSE;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (laptop->dir, name, NULL);
      g_autofree char *data = NULL;
      gsize n;

      if (g_file_get_contents (path, &data, &n, NULL))
        holds |= memmem (data, n, text, strlen (text)) != NULL;
    }
  g_dir_close (dir);
  return holds;
}

guint
count_held (Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) held = san_store_list_held (laptop->store, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < held->len; i++)
    n += ((SanHeldRow *)held->pdata[i])->n;
  return n;
}
