/* san-acts.c - what people do at a laptop: children, notes, shares, offers, reviews, sticks
 *
 * Notes are written through the press, without their forms: any form, any field, any compartment
 * that the login reads. What is chosen comes from the seed alone, never from an id. */
#include "san-world.h"
#include "san-pieces.h"
#include "san-press.h"
#include "san-store-apply.h"
#include "san-store-rights.h"
#include "san-system-forms.h"

static const char *const forms[] = {
  "contacts", "session", "flags", "exam", "hearing", "free.form"
};
static const char *const fields[] = { "note", "on", "alias", "gate", "row.k3f9q2aa.name" };

/* --- values --- */

/* A file of one piece or two. */
static SanValue *
make_attachment (World *self, Laptop *laptop)
{
  g_autoptr(SanPieces) pieces = san_pieces_open (laptop->centre->dir, NULL);
  gsize n = chance (self, 90) ? 1 + pick (self, 5000) : 1100000;
  g_autofree guint8 *data = g_malloc0 (n);
  g_autoptr(GBytes) plain = NULL;

  data[0] = (guint8) pick (self, 256);
  plain = g_bytes_new (data, n);
  return san_pieces_add_bytes (pieces, plain, "image/png", "paper", NULL);
}

static SanValue *
make_value (World *self, Laptop *laptop)
{
  static const char *const codes[] = { "yes", "no", "later", NULL };
  g_autofree char *text = g_strdup_printf ("text %u", pick (self, 1000));
  SanDate date = { .days = (gint32) (20000 + pick (self, 500)) };
  SanId32 id = { { 0 } };

  if (chance (self, 4))
    return make_attachment (self, laptop);
  switch (pick (self, 10))
    {
    case 0: return san_value_new_bool (chance (self, 50));
    case 1: return san_value_new_int ((gint64) pick (self, 1000) - 500);
    case 2: return san_value_new_cleared ();
    case 3: return san_value_new_codes (codes + pick (self, 3), NULL);
    case 4: return san_value_new_date (&date);
    case 5: return san_value_new_no_answer ((SanNoAnswer) (1 + pick (self, 3)));
    case 6:
      id.b[0] = (guint8) pick (self, 256);
      return san_value_new_id (&id);
    default: return san_value_new_text (text, NULL);
    }
}

/* --- children and records --- */

static gboolean
is_shown (Laptop *laptop, const WorldChild *child)
{
  SanDossier dossier;

  return san_store_find_dossier (laptop->centre->store, &child->id, &dossier, NULL) &&
         (dossier.standing & SAN_STANDING_SHOWN) != 0;
}

static WorldChild *
pick_child (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < self->children->len; i++)
    if (is_shown (laptop, g_ptr_array_index (self->children, i)))
      g_ptr_array_add (shown, g_ptr_array_index (self->children, i));
  return shown->len > 0 ? g_ptr_array_index (shown, pick (self, shown->len)) : NULL;
}

static guint
pick_compartment (World *self, Laptop *laptop, guint mask)
{
  guint list[SAN_N_COMPARTMENTS];
  guint n = 0;

  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (mask & (1u << c))
      list[n++] = c;
  return n > 0 ? list[pick (self, n)] : SAN_COMPARTMENT_HOUSE;
}

static guint
writable (Laptop *laptop)
{
  return san_role_get_writes (laptop->centre->role) &
         san_store_get_open_mask (laptop->centre->store) & ~(1u << SAN_COMPARTMENT_STAFF);
}

static void
remember_child (World *self, Laptop *laptop, const SanId32 *id)
{
  WorldChild *child = g_new0 (WorldChild, 1);

  child->id = *id;
  child->centre_no = laptop->centre_no;
  child->records = g_array_new (FALSE, TRUE, sizeof (WorldRecord));
  g_ptr_array_add (self->children, child);
}

static WorldRecord *
pick_record (World *self, Laptop *laptop, WorldChild *child, gboolean may_be_new)
{
  WorldRecord record = { { { 0 } }, forms[pick (self, G_N_ELEMENTS (forms))], 0 };

  if (child->records->len > 0 && (!may_be_new || chance (self, 75)))
    return &g_array_index (child->records, WorldRecord, pick (self, child->records->len));
  record.compartment = pick_compartment (self, laptop, writable (laptop));
  san_random (record.id.b, sizeof record.id.b);
  g_array_append_val (child->records, record);
  return &g_array_index (child->records, WorldRecord, child->records->len - 1);
}

static gboolean
press (World *self, Laptop *laptop, const SanId32 *dossier, SanChanges *changes, const char *what)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanPress) save = san_press_begin (laptop->centre, &error);

  if (save == NULL || !san_press_add_changes (save, dossier, changes, NULL, &error) ||
      !san_press_commit (save, &error))
    return went_well (self, what, error);
  return TRUE;
}

static void
add_random_changes (World *self, Laptop *laptop, WorldChild *child, SanChanges *changes)
{
  guint n = 1 + pick (self, 3);

  for (guint i = 0; i < n; i++)
    {
      WorldRecord *record = pick_record (self, laptop, child, TRUE);
      guint c = chance (self, 70) && (writable (laptop) & (1u << record->compartment))
                  ? record->compartment : pick_compartment (self, laptop, writable (laptop));
      g_autoptr(SanValue) value = make_value (self, laptop);

      /* the same field twice in one press is refused: then only the first stands */
      san_changes_set (changes, c, &record->id, record->form,
                       fields[pick (self, G_N_ELEMENTS (fields))], value, NULL);
    }
}

static void
act_admit (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SanChanges) changes = san_changes_new (laptop->centre, NULL);
  g_autoptr(SanPress) save = NULL;
  WorldChild first = { .records = g_array_new (FALSE, TRUE, sizeof (WorldRecord)) };
  SanId32 id;

  add_random_changes (self, laptop, &first, changes);
  g_array_unref (first.records);
  save = san_press_begin (laptop->centre, &error);
  tell (self, "%u %s admits child %u", laptop->no, laptop->login, self->children->len);
  if (save == NULL || !san_press_found (save, SAN_FOUNDING_CASE, &id, &error) ||
      (san_changes_get_mask (changes) != 0 &&
       !san_press_add_changes (save, &id, changes, NULL, &error)) ||
      !san_press_commit (save, &error))
    went_well (self, "admit", error);
  else
    remember_child (self, laptop, &id);
}

/* As the form has it: due rows, a stay, an alias. */
static void
act_welcome (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) typed = san_typed_list_new ();
  g_autoptr(SanChildRow) row = NULL;
  g_autofree char *age = g_strdup_printf ("%u", 10 + pick (self, 8));
  WorldRecord record = { { { 0 } }, "welcome", SAN_COMPARTMENT_HOUSE };
  WorldChild *child;

  san_typed_list_add (typed, "age", age);
  san_typed_list_add (typed, "age-kind", "stated");
  san_typed_list_add (typed, "sex", "f");
  san_typed_list_add (typed, "brought-by", "police");
  san_typed_list_add (typed, "ill-now", chance (self, 30) ? "yes" : "no");
  tell (self, "%u %s welcomes child %u", laptop->no, laptop->login, self->children->len);
  row = san_child_admit (laptop->centre, typed, &record.id, &error);
  if (row == NULL)
    {
      went_well (self, "welcome", error);
      return;
    }
  remember_child (self, laptop, &row->id);
  child = g_ptr_array_index (self->children, self->children->len - 1);
  g_array_append_val (child->records, record);
}

static void
act_save (World *self, Laptop *laptop)
{
  WorldChild *child = pick_child (self, laptop);
  g_autoptr(SanChanges) changes = NULL;

  if (child == NULL)
    return;
  changes = san_changes_new (laptop->centre, &child->id);
  add_random_changes (self, laptop, child, changes);
  if (san_changes_get_mask (changes) == 0)
    return;
  tell (self, "%u %s saves", laptop->no, laptop->login);
  press (self, laptop, &child->id, changes, "save");
}

/* Notes about the house, and answers to offers by people whose answer does not count. */
static void
act_save_house (World *self, Laptop *laptop)
{
  static const SanId16 day = { { 7 } };
  SanId16 record = day;
  gboolean offer = self->children->len > 0 && chance (self, 30);
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(SanValue) value =
      offer ? san_value_new_code (chance (self, 50) ? SAN_OFFER_ACCEPT : SAN_OFFER_DECLINE)
            : make_value (self, laptop);

  if (san_id32_is_zero (&laptop->centre->house))
    return;
  if (offer)
    memcpy (
        record.b,
        ((WorldChild *) g_ptr_array_index (self->children, pick (self, self->children->len)))->id.b,
        sizeof record.b);
  changes = san_changes_new (laptop->centre, &laptop->centre->house);
  if (!san_changes_set (
          changes, SAN_COMPARTMENT_HOUSE, &record, offer ? SAN_OFFER_FORM : "day-note",
          offer ? SAN_OFFER_ANSWER : fields[pick (self, G_N_ELEMENTS (fields))], value, NULL))
    return;
  tell (self, "%u %s writes about the house%s", laptop->no, laptop->login,
        offer ? ", an answer to an offer" : "");
  press (self, laptop, &laptop->centre->house, changes, "house note");
}

static void
act_close (World *self, Laptop *laptop)
{
  WorldChild *child = pick_child (self, laptop);
  g_autoptr(SanChanges) changes = NULL;
  g_autoptr(GError) error = NULL;
  WorldRecord *record;
  const char *what;
  gboolean ok;
  guint c;

  if (child == NULL || child->records->len == 0)
    return;
  record = pick_record (self, laptop, child, FALSE);
  c = (writable (laptop) & (1u << record->compartment))
          ? record->compartment
          : pick_compartment (self, laptop, writable (laptop));
  changes = san_changes_new (laptop->centre, &child->id);
  switch (pick (self, 4))
    {
    case 0:
      what = "withdraws";
      ok = san_changes_set_text (changes, c, &record->id, record->form, SAN_FIELD_WITHDRAW,
                                 "wrong child", &error);
      break;
    case 1:
      what = "amends";
      ok = san_changes_amend (changes, c, &record->id, record->form, "as I remember it", &error);
      break;
    default:
      what = "finishes";
      ok = san_changes_finish (changes, c, &record->id, record->form, &error);
    }
  tell (self, "%u %s %s a record", laptop->no, laptop->login, what);
  if (ok)
    press (self, laptop, &child->id, changes, what);
  else
    went_well (self, what, error);
}

/* --- sharing --- */

static const SanId32 *
pick_other_centre (World *self, Laptop *laptop)
{
  guint other = pick (self, self->n_centres);

  return other != laptop->centre_no ? &self->centres[other].id : NULL;
}

static void
act_share (World *self, Laptop *laptop)
{
  const SanId32 *to = pick_other_centre (self, laptop);
  WorldChild *child =
      to != NULL && login_superintendent (self, laptop) ? pick_child (self, laptop) : NULL;
  g_autofree char *label = child != NULL ? san_id32_to_text (to) : NULL;
  guint mask = chance (self, 30) ? 0 : pick (self, 64);
  gboolean read_only = chance (self, 30);
  gboolean history = chance (self, 60);
  g_autoptr(GPtrArray) why = san_share_why_new ("school", "order", "no", "asleep");
  const SanShareOrder order = { label, mask, read_only, history, why };
  g_autoptr(GError) error = NULL;
  guint pending;
  SanId32 id;

  if (child == NULL)
    return;
  tell (self, "%u %s shares, compartments %02x%s%s", laptop->no, laptop->login, mask,
        read_only ? ", read only" : "", history ? ", with history" : "");
  if (!san_share (laptop->centre, &child->id, &order, &id, NULL, &pending, &error))
    went_well (self, "share", error);
}

static void
act_confirm (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_share_list_pending (laptop->centre, &error);
  g_autofree char *id = NULL;

  if (rows == NULL || rows->len == 0)
    {
      went_well (self, "pending", error);
      return;
    }
  id = san_id32_to_text (
      &((SanPendingShare *) g_ptr_array_index (rows, pick (self, rows->len)))->id);
  tell (self, "%u %s confirms a share", laptop->no, laptop->login);
  if (!san_share_confirm (laptop->centre, id, &error))
    went_well (self, "confirm", error);
}

static void
act_answer (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *id = NULL;
  gboolean accept = chance (self, 75);

  if (!login_superintendent (self, laptop))
    return;
  rows = san_offer_list (laptop->centre, &error);
  if (rows == NULL || rows->len == 0)
    {
      went_well (self, "offers", error);
      return;
    }
  id = san_id32_to_text (&((SanOfferRow *) g_ptr_array_index (rows, pick (self, rows->len)))->id);
  tell (self, "%u %s %s an offer", laptop->no, laptop->login, accept ? "accepts" : "declines");
  if (!san_offer_answer (laptop->centre, id, accept, chance (self, 30) ? "no bed" : NULL, &error))
    went_well (self, "answer", error);
}

/* --- review --- */

static void
act_pick (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_review_list (laptop->centre, &error);
  SanReviewRow *row;

  if (rows == NULL || rows->len == 0)
    {
      went_well (self, "review", error);
      return;
    }
  row = g_ptr_array_index (rows, pick (self, rows->len));
  tell (self, "%u %s decides between %u values", laptop->no, laptop->login, row->values->len);
  if (!san_review_pick (laptop->centre, &row->record, row->field,
                        1 + pick (self, MAX (row->values->len, 1)), &error))
    went_well (self, "pick", error);
}

static void
act_accept_held (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *id = NULL;
  SanHeldNotes *row;
  guint n = 0;

  if (!login_superintendent (self, laptop))
    return;
  rows = san_review_list_held (laptop->centre, &error);
  if (rows == NULL || rows->len == 0)
    {
      went_well (self, "held", error);
      return;
    }
  row = g_ptr_array_index (rows, pick (self, rows->len));
  id = san_id32_to_text (&row->id);
  tell (self, "%u %s accepts late notes", laptop->no, laptop->login);
  if (!san_review_accept (
          laptop->centre, id,
          chance (self, 50) ? 0 : row->from + pick (self, (guint) (row->to - row->from + 1)), &n,
          &error))
    went_well (self, "accept", error);
}

static void
act_erase_child (World *self, Laptop *laptop)
{
  WorldChild *child = pick_child (self, laptop);

  if (child != NULL)
    act_erase (self, laptop, &child->id);
}

void
act_once (World *self)
{
  Laptop *laptop = pick_laptop (self);
  guint which = pick (self, 100);

  time_passes (self);
  if (which < 8)
    {
      mishap (self);
      return;
    }
  if (which < 10)
    {
      act_use_code (self, laptop);
      return;
    }
  if (!login (self, laptop))
    return;
  at_laptop (self, laptop);
  if (laptop->centre->joining)
    return;
  if (which < 18)
    act_on_people (self, laptop);
  else if (which < 23)
    act_admit (self, laptop);
  else if (which < 26)
    act_welcome (self, laptop);
  else if (which < 48)
    act_save (self, laptop);
  else if (which < 51)
    act_save_house (self, laptop);
  else if (which < 57)
    act_close (self, laptop);
  else if (which < 63)
    act_share (self, laptop);
  else if (which < 66)
    act_confirm (self, laptop);
  else if (which < 71)
    act_answer (self, laptop);
  else if (which < 74)
    act_pick (self, laptop);
  else if (which < 77)
    act_accept_held (self, laptop);
  else if (which < 78)
    act_erase_child (self, laptop);
  else
    laptop_exchange (self, laptop, self->sticks[pick (self, WORLD_STICKS)]);
}
