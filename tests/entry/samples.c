/* samples.c - people, keys and one good sample of each structure, for the tests of this room */
#include "samples.h"

#include "san-reader.h"
#include "san-writer.h"

#include <string.h>

SanId16
seed_id16 (guint8 byte)
{
  SanId16 id;

  memset (id.b, byte, sizeof id.b);
  return id;
}

SanId32
seed_id32 (guint8 byte)
{
  SanId32 id;

  memset (id.b, byte, sizeof id.b);
  return id;
}

SanSecret *
seed_secret (guint8 byte)
{
  SanId32 bytes = seed_id32 (byte);

  return san_secret_new_copy (bytes.b, sizeof bytes.b);
}

SanSignKey *
seed_sign_key (guint8 byte)
{
  g_autoptr(SanSecret) seed = seed_secret (byte);

  return san_sign_key_new_from_seed (seed);
}

SanBoxKey *
seed_box_key (guint8 byte)
{
  g_autoptr(SanSecret) seed = seed_secret (byte);

  return san_box_key_new_from_seed (seed);
}

Person *
person_new (guint8 seed)
{
  static const guint8 random[6] = { 1, 2, 3, 4, 5, 6 };
  Person *self = g_new0 (Person, 1);

  self->staff = seed_id16 (seed);
  self->device = seed_id16 (seed + 1);
  self->device_key = seed_sign_key (seed);
  self->device_box = seed_box_key (seed);
  self->seat_key = seed_sign_key (seed + 1);
  self->seat_box = seed_box_key (seed + 1);
  san_journal_derive (san_sign_key_get_public (self->device_key), random, &self->journal);
  return self;
}

void
person_free (Person *self)
{
  san_sign_key_unref (self->device_key);
  san_sign_key_unref (self->seat_key);
  san_box_key_unref (self->device_box);
  san_box_key_unref (self->seat_box);
  g_free (self);
}

const SanId32 *
seat_pk (const Person *self)
{
  return san_sign_key_get_public (self->seat_key);
}

SanGrantee
grantee (const Person *self)
{
  SanGrantee to = { *seat_pk (self), *san_box_key_get_public (self->seat_box) };

  return to;
}

SanHeader
draft_header (const Person *self, guint8 kind, guint64 number)
{
  SanHeader header = {
    .kind = kind,
    .journal = self->journal,
    .number = number,
    .author = *seat_pk (self),
    .wall = G_GUINT64_CONSTANT (1764028800000),
  };

  if (kind != SAN_KIND_FOUNDING)
    header.dossier = seed_id32 (0xd0);
  if (number > 1)
    header.previous = seed_id32 (0xee);
  return header;
}

GBytes *
founding_body (const Person *self, guint8 type, SanFounding *out)
{
  g_autoptr(SanSignKey) recovery = seed_sign_key (0x70);
  g_autoptr(SanBoxKey) recovery_box = seed_box_key (0x70);
  SanId16 salt = seed_id16 (0x5a);
  SanId32 owner = seed_id32 (0xc0);
  SanFounding founding;

  if (type > SAN_FOUNDING_PROGRAMME)
    san_founding_make_dossier (&founding, type, salt.b, &owner);
  else
    g_assert_true (san_founding_make_authority (&founding, type, salt.b, recovery,
                                                san_box_key_get_public (recovery_box),
                                                &self->device, self->device_key,
                                                san_box_key_get_public (self->device_box),
                                                &self->staff, self->seat_key,
                                                san_box_key_get_public (self->seat_box),
                                                "superintendent+counsellor", NULL));
  if (out != NULL)
    *out = founding;
  return san_founding_encode (&founding);
}

SanEntry *
founding_entry (const Person *self, guint8 type)
{
  SanHeader header = draft_header (self, SAN_KIND_FOUNDING, 1);
  g_autoptr(GBytes) body = founding_body (self, type, NULL);
  g_autoptr(GError) error = NULL;
  SanEntry *entry = san_entry_sign (&header, body, self->seat_key, &error);

  g_assert_no_error (error);
  return entry;
}

SanChangeList *
small_list (const char *text)
{
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autoptr(SanValue) value = san_value_new_text (text, NULL);
  SanId16 record = seed_id16 (0x11);

  g_assert_true (san_change_builder_add (builder, &record, "note", "text", value, NULL, 0, NULL));
  return san_change_builder_end (builder, NULL);
}

static void
add (SanChangeBuilder *builder, guint8 record, const char *field, SanValue *value,
     const SanWriteId *supersedes, guint n)
{
  SanId16 id = seed_id16 (record);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (value);
  san_change_builder_add (builder, &id, "admission", field, value, supersedes, n, &error);
  g_assert_no_error (error);
  san_value_unref (value);
}

static SanValue *
attachment_value (void)
{
  g_autoptr(SanAttachment) photo = san_attachment_new (5, "image/jpeg", "photo.jpg", NULL);
  g_autoptr(GBytes) piece = san_attachment_seal_piece (photo, 0, (const guint8 *) "12345", 5, NULL);

  g_assert_nonnull (piece);
  return san_attachment_to_value (photo, NULL);
}

static void
add_types (SanChangeBuilder *builder)
{
  const char *codes[] = { "meals", "school", NULL };
  SanDate date = { 20000, SAN_PRECISION_DAY };
  SanDecimal weight = { 415, 1 };
  SanInstant instant = { G_GINT64_CONSTANT (1764028800000), 330 };
  SanId32 id = seed_id32 (0x77);
  guint8 unknown[3] = { 9, 9, 9 };

  add (builder, 1, "cleared", san_value_new_cleared (), NULL, 0);
  add (builder, 1, "agreed", san_value_new_bool (TRUE), NULL, 0);
  add (builder, 1, "siblings", san_value_new_int (-3), NULL, 0);
  add (builder, 1, "name", san_value_new_text ("आशा", NULL), NULL, 0);
  add (builder, 1, "admitted", san_value_new_date (&date), NULL, 0);
  add (builder, 1, "needs", san_value_new_codes (codes, NULL), NULL, 0);
  add (builder, 1, "photo", attachment_value (), NULL, 0);
  add (builder, 1, "sibling", san_value_new_id (&id), NULL, 0);
  add (builder, 1, "weight", san_value_new_decimal (&weight), NULL, 0);
  add (builder, 1, "father", san_value_new_no_answer (SAN_NO_ANSWER_NOT_ASKED), NULL, 0);
  add (builder, 1, "seen", san_value_new_instant (&instant), NULL, 0);
  add (builder, 1, "later", san_value_new_raw (200, unknown, sizeof unknown, NULL), NULL, 0);
}

SanChangeList *
rich_list (void)
{
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  SanWriteId seen[] = {
    { seed_id32 (0x40), 0, 7 }, { seed_id32 (0x30), 0, 2 }, { seed_id32 (0x40), 0, 0 },
  };
  SanId16 record = seed_id16 (3);
  SanId32 closed[] = { seed_id32 (0x20), seed_id32 (0x50) };
  g_autoptr(GError) error = NULL;
  SanChangeList *list;

  add_types (builder);
  add (builder, 2, "district", san_value_new_code ("pune"), seen, G_N_ELEMENTS (seen));
  add (builder, 2, "$from.district", san_value_new_record (&record), NULL, 0);
  add (builder, 2, "$withdraw", san_value_new_text ("entered twice", NULL), NULL, 0);
  add (builder, 4, "$amend", san_value_new_text ("the hearing was moved", NULL), NULL, 0);
  add (builder, 4, "$link", san_value_new_record (&record), NULL, 0);
  g_assert_true (san_change_builder_finish (builder, &record, "session", closed, 2, seen, 1, NULL));
  list = san_change_builder_end (builder, &error);
  g_assert_no_error (error);
  return list;
}

SanEntry *
data_entry (const Person *self, guint64 number, SanSecret *case_key, SanSecret *clinical_key)
{
  SanHeader header = draft_header (self, SAN_KIND_CHANGES, number);
  g_autoptr(SanChangeList) house = small_list ("bed 4");
  g_autoptr(SanChangeList) cases = rich_list ();
  g_autoptr(SanChangeList) clinical = small_list ("slept badly");
  SanPartDraft parts[] = {
    { SAN_COMPARTMENT_CLINICAL, clinical, clinical_key },
    { SAN_COMPARTMENT_HOUSE, house, NULL },
    { SAN_COMPARTMENT_CASE, cases, case_key },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = san_data_body_make (&header, parts, G_N_ELEMENTS (parts), NULL, &error);
  SanEntry *entry;

  g_assert_no_error (error);
  entry = san_entry_sign (&header, body, self->seat_key, &error);
  g_assert_no_error (error);
  return entry;
}

static void
fill_rows (SanAuthorityBody *body, guint n)
{
  SanCutRow *rows = g_new (SanCutRow, n);
  SanId32 dossier = seed_id32 (0xd0);

  for (guint i = 0; i < n; i++)
    {
      SanId16 journal = seed_id16 ((guint8) i);
      SanId32 head = seed_id32 ((guint8) (0x80 + i));

      san_cut_row_make (&rows[i], body->cut_salt, &dossier, &journal, i + 1, &head);
    }
  san_authority_body_take_rows (body, rows, n);
}

static SanAuthorityBody *
ring_op (guint16 op, const Person *self)
{
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31);
  g_autoptr(SanBoxKey) old = seed_box_key (0x30);
  g_autoptr(Person) other = person_new (0x21);
  SanGrantee recovery = { seed_id32 (0xff), *san_box_key_get_public (old) };
  SanGrantee seats[] = { grantee (self), grantee (other) };
  SanId32 ring_id = seed_id32 (0x99);
  g_autoptr(SanSignKey) sign = seed_sign_key (0x71);
  g_autoptr(GError) error = NULL;
  SanAuthorityBody *body;

  if (op == SAN_OP_NEW_RING)
    body = san_new_ring_make (SAN_COMPARTMENT_CASE, ring, &ring_id, old, &recovery, seats, 2,
                              &error);
  else if (op == SAN_OP_RING_GRANT)
    body = san_ring_grant_make (&ring_id, ring, &seats[0], &error);
  else
    body = san_new_recovery_make (sign, san_box_key_get_public (ring), seat_pk (self));
  g_assert_no_error (error);
  return body;
}

static void
fill_record_op (SanAuthorityBody *body, const Person *self)
{
  SanId32 centre = seed_id32 (0xc0);

  if (body->op == SAN_OP_DEVICE)
    san_device_record_make (&body->u.device, &self->device, self->device_key,
                            san_box_key_get_public (self->device_box), &centre);
  else
    g_assert_true (san_seat_record_make (&body->u.seat, &self->staff, &self->device, self->seat_key,
                                         san_box_key_get_public (self->seat_box), "case-worker",
                                         &centre, NULL));
}

static void
fill_small_op (SanAuthorityBody *body)
{
  SanId32 removals[] = { seed_id32 (0x61), seed_id32 (0x62) };
  SanNotice notice = { SAN_NOTICE_CLONE, seed_id16 (0x63), seed_id16 (0x64) };
  SanErased erased = { seed_id32 (0x65), seed_id32 (0x66) };
  SanShare share = { seed_id32 (0x67), 1, 0x0b };

  switch (body->op)
    {
    case SAN_OP_JOURNAL_NOTICE:
      body->u.notice = notice;
      break;
    case SAN_OP_ERASED:
      body->u.erased = erased;
      break;
    case SAN_OP_VOID:
      body->u.voids.removals = g_memdup2 (removals, sizeof removals);
      body->u.voids.n_removals = 2;
      break;
    case SAN_OP_SHARE:
      body->u.share = share;
      break;
    case SAN_OP_ERASE:
      break;
    case SAN_OP_LINK:
      san_case_link (&removals[0], &removals[1], &body->u.link);
      break;
    default:
      body->u.ref = removals[0];
      break;
    }
}

SanAuthorityBody *
sample_op (guint16 op, const Person *self)
{
  SanId32 heads[] = { seed_id32 (9), seed_id32 (2), seed_id32 (9) };
  SanRemove remove = { SAN_REMOVE_STAFF, seed_id32 (0), SAN_REASON_LEFT };
  SanAuthorityBody *body;

  if (op >= SAN_OP_NEW_RING && op <= SAN_OP_NEW_RECOVERY)
    body = ring_op (op, self);
  else
    body = san_authority_body_new (op);
  memcpy (remove.target.b, self->staff.b, sizeof self->staff.b);
  if (op == SAN_OP_DEVICE || op == SAN_OP_SEAT)
    fill_record_op (body, self);
  else if (op == SAN_OP_REMOVE)
    body->u.remove = remove;
  else if (op == SAN_OP_ACCEPT || op == SAN_OP_UNSHARE)
    body->u.removal = seed_id32 (0x61);
  else if (!san_op_is_known (op))
    body->args = g_bytes_new_static ("what a newer version says", 25);
  else if (op >= SAN_OP_JOURNAL_NOTICE)
    fill_small_op (body);
  if (op == SAN_OP_REMOVE || op == SAN_OP_ACCEPT || op == SAN_OP_UNSHARE)
    fill_rows (body, 5);
  g_assert_true (san_authority_body_set_heads (body, heads, 3, NULL));
  return body;
}

/* What is read, written again. */

static GBytes *
reread_header (GBytes *bytes, GError **error)
{
  guint8 again[SAN_HEADER_SIZE];
  SanHeader header;

  if (!san_header_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &header, error))
    return NULL;
  san_header_encode (&header, again);
  return g_bytes_new (again, sizeof again);
}

GBytes *
reread_entry (GBytes *bytes, GError **error)
{
  g_autoptr(SanEntry) entry = san_entry_new_from_bytes (bytes, error);

  return entry != NULL ? san_entry_to_bytes (entry) : NULL;
}

/* Through the builder, which sorts and counts for itself. */
static void
rebuild_change (SanChangeBuilder *builder, const SanChangeList *list, const SanChange *change)
{
  g_autofree SanWriteId *targets = g_new0 (SanWriteId, change->n_targets + 1);
  g_autofree SanId32 *refs = g_new0 (SanId32, san_change_list_get_n_refs (list) + 1);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < change->n_targets; i++)
    {
      targets[i].entry = *san_change_list_get_ref (list, change->targets[i].ref);
      targets[i].number = change->targets[i].number;
    }
  for (guint i = 0; i < san_change_list_get_n_refs (list); i++)
    refs[i] = *san_change_list_get_ref (list, i);
  if (g_str_equal (change->field, SAN_FIELD_FINISH))
    san_change_builder_finish (builder, &change->record, change->form, refs,
                               san_change_list_get_n_refs (list), targets, change->n_targets,
                               &error);
  else
    san_change_builder_add (builder, &change->record, change->form, change->field, change->value,
                            targets, change->n_targets, &error);
  g_assert_no_error (error);
}

static GBytes *
rebuild_list (const SanChangeList *list)
{
  g_autoptr(SanChangeBuilder) builder = san_change_builder_new ();
  g_autoptr(SanChangeList) again = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = san_change_list_get_size (list); i > 0; i--)
    rebuild_change (builder, list, san_change_list_get (list, i - 1));
  again = san_change_builder_end (builder, &error);
  g_assert_no_error (error);
  return g_bytes_ref (san_change_list_get_bytes (again));
}

GBytes *
reread_list (GBytes *bytes, GError **error)
{
  g_autoptr(SanChangeList) list = san_change_list_parse (g_bytes_get_data (bytes, NULL),
                                                         g_bytes_get_size (bytes), error);

  return list != NULL ? rebuild_list (list) : NULL;
}

/* A sealed part cannot be made again without its key; what is in clear must come out the same. */
static GBytes *
reread_data_body (GBytes *bytes, GError **error)
{
  g_autoptr(SanDataBody) body = san_data_body_parse (bytes, error);

  if (body == NULL)
    return NULL;
  g_assert_cmpuint (san_data_body_get_n_parts (body), >=, 1);
  for (guint i = 1; i < san_data_body_get_n_parts (body); i++)
    g_assert_cmpuint (san_data_body_get_part (body, i - 1)->compartment, <,
                      san_data_body_get_part (body, i)->compartment);
  if (san_data_body_get_house (body) != NULL)
    {
      g_autoptr(GBytes) house = rebuild_list (san_data_body_get_house (body));

      assert_same_bytes (house, san_change_list_get_bytes (san_data_body_get_house (body)));
    }
  return g_bytes_ref (bytes);
}

static GBytes *
reread_founding (GBytes *bytes, GError **error)
{
  SanFounding founding;

  return san_founding_parse (bytes, &founding, error) ? san_founding_encode (&founding) : NULL;
}

static GBytes *
reread_authority (GBytes *bytes, GError **error)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_parse (bytes, error);

  return body != NULL ? san_authority_body_encode (body, error) : NULL;
}

static GBytes *
reread_key_grant (GBytes *bytes, GError **error)
{
  g_autoptr(SanKeyGrant) grant = san_key_grant_parse (bytes, error);

  return grant != NULL ? san_key_grant_encode (grant) : NULL;
}

static GBytes *
reread_attachment (GBytes *bytes, GError **error)
{
  g_autoptr(SanAttachment) attachment = san_attachment_parse (g_bytes_get_data (bytes, NULL),
                                                              g_bytes_get_size (bytes), error);
  g_autoptr(SanValue) value = NULL;
  const guint8 *data;
  gsize n;

  if (attachment == NULL)
    return NULL;
  value = san_attachment_to_value (attachment, error);
  g_assert_nonnull (value);
  data = san_value_get_data (value, &n);
  return g_bytes_new (data, n);
}

static GBytes *
reread_device (GBytes *bytes, GError **error)
{
  g_auto(SanWriter) writer = { 0 };
  SanDeviceRecord record;
  SanReader reader;

  san_reader_init_bytes (&reader, bytes, "device record");
  if (!san_device_record_take (&reader, &record, error) || !san_reader_take_end (&reader, error))
    return NULL;
  san_writer_init (&writer);
  san_device_record_put (&record, &writer);
  return san_writer_end (&writer);
}

static GBytes *
reread_seat (GBytes *bytes, GError **error)
{
  g_auto(SanWriter) writer = { 0 };
  SanSeatRecord record;
  SanReader reader;

  san_reader_init_bytes (&reader, bytes, "seat record");
  if (!san_seat_record_take (&reader, &record, error) || !san_reader_take_end (&reader, error))
    return NULL;
  san_writer_init (&writer);
  san_seat_record_put (&record, &writer);
  return san_writer_end (&writer);
}

static void
free_sample (gpointer sample)
{
  Sample *self = sample;

  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
keep (GPtrArray *samples, const char *name, GBytes *bytes, GBytes *(*reread) (GBytes *, GError **))
{
  Sample *sample = g_new0 (Sample, 1);

  g_assert_nonnull (bytes);
  sample->name = g_strdup (name);
  sample->bytes = bytes;
  sample->reread = reread;
  g_ptr_array_add (samples, sample);
}

static void
keep_records (GPtrArray *samples, const Person *self)
{
  g_auto(SanWriter) device = { 0 };
  g_auto(SanWriter) seat = { 0 };
  SanFounding founding;
  g_autoptr(GBytes) body = founding_body (self, SAN_FOUNDING_CENTRE, &founding);

  san_writer_init (&device);
  san_device_record_put (&founding.device, &device);
  keep (samples, "device-record", san_writer_end (&device), reread_device);
  san_writer_init (&seat);
  san_seat_record_put (&founding.seat, &seat);
  keep (samples, "seat-record", san_writer_end (&seat), reread_seat);
}

static void
keep_entries (GPtrArray *samples, const Person *self)
{
  g_autoptr(SanSecret) case_key = seed_secret (0x42);
  g_autoptr(SanSecret) clinical_key = seed_secret (0x43);
  g_autoptr(SanEntry) founding = founding_entry (self, SAN_FOUNDING_CENTRE);
  g_autoptr(SanEntry) data = data_entry (self, 7, case_key, clinical_key);
  g_autoptr(SanChangeList) small = small_list ("short");
  g_autoptr(SanChangeList) rich = rich_list ();

  keep (samples, "header", g_bytes_new (san_entry_get_raw_header (data), SAN_HEADER_SIZE),
        reread_header);
  keep (samples, "founding-header",
        g_bytes_new (san_entry_get_raw_header (founding), SAN_HEADER_SIZE), reread_header);
  keep (samples, "founding-entry", san_entry_to_bytes (founding), reread_entry);
  keep (samples, "data-body", g_bytes_ref (san_entry_get_body (data)), reread_data_body);
  keep (samples, "small-list", g_bytes_ref (san_change_list_get_bytes (small)), reread_list);
  keep (samples, "rich-list", g_bytes_ref (san_change_list_get_bytes (rich)), reread_list);
}

static void
keep_authority (GPtrArray *samples, const Person *self)
{
  g_autoptr(Person) second = person_new (0x21);
  SanId32 dossier = seed_id32 (0xd0);

  for (guint16 op = 1; op <= 23; op++)
    {
      g_autoptr(SanAuthorityBody) body = sample_op (op, self);
      g_autofree char *name = g_strdup_printf ("op-%u", op);

      if (op == SAN_OP_ERASE || op == 23)
        g_assert_true (
            san_authority_body_cosign (body, &dossier, seat_pk (self), second->seat_key, NULL));
      keep (samples, name, san_authority_body_encode (body, NULL), reread_authority);
    }
}

static void
keep_grants (GPtrArray *samples)
{
  g_autoptr(SanSecret) key = seed_secret (0x42);
  g_autoptr(SanSecret) previous = seed_secret (0x41);
  g_autoptr(SanBoxKey) ring = seed_box_key (0x31);
  SanKeyTarget rings[] = {
    { seed_id32 (5), *san_box_key_get_public (ring) },
    { seed_id32 (4), *san_box_key_get_public (ring) },
  };
  g_autoptr(SanKeyGrant) linked = san_key_grant_make (1, key, previous, rings, 2, NULL);
  g_autoptr(SanKeyGrant) first = san_key_grant_make (2, key, NULL, rings, 1, NULL);

  keep (samples, "key-grant", san_key_grant_encode (linked), reread_key_grant);
  keep (samples, "key-grant-no-history", san_key_grant_encode (first), reread_key_grant);
}

GPtrArray *
samples_new (void)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func (free_sample);
  g_autoptr(Person) self = person_new (0x11);
  g_autoptr(SanValue) photo = attachment_value ();
  const guint8 *data;
  gsize n;

  keep_entries (samples, self);
  keep_records (samples, self);
  for (guint8 type = SAN_FOUNDING_CENTRE; type <= SAN_FOUNDING_PROGRAMME_DATA; type++)
    {
      g_autofree char *name = g_strdup_printf ("founding-%u", type);

      keep (samples, name, founding_body (self, type, NULL), reread_founding);
    }
  keep_authority (samples, self);
  keep_grants (samples);
  data = san_value_get_data (photo, &n);
  keep (samples, "attachment", g_bytes_new (data, n), reread_attachment);
  return samples;
}

void
assert_same_bytes (GBytes *a, GBytes *b)
{
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a),
                   g_bytes_get_data (b, NULL), g_bytes_get_size (b));
}
