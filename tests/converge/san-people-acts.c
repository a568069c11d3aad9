/* san-people-acts.c - people come, get rings, change roles, are removed, remove each other; the
 * code */
#include "san-world.h"
#include "san-press.h"
#include "san-recovery-code.h"
#include "san-ring.h"
#include "san-setup-private.h"
#include "san-staff-private.h"
#include "san-store-rights.h"
#include "san-system-forms.h"

static const char *const roles[] = { "superintendent", "superintendent", "counsellor",
                                     "counsellor",     "case-worker",    "nurse",
                                     "legal",          "house",          "counsellor+nurse" };
static const char *const reasons[] = { "left", "role", "lost", "stolen", "other" };

static GPtrArray *
list_people (Laptop *laptop)
{
  return san_staff_list (laptop->centre, NULL);
}

static const SanStaffRow *
pick_person (World *self, GPtrArray *rows)
{
  return rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, pick (self, rows->len)) : NULL;
}

static void
keep_slip (Laptop *laptop, const char *name, SanSecret *words)
{
  const char *text = (const char *) san_secret_get_data (words);

  g_hash_table_insert (laptop->slips, g_strdup (name), san_secret_new_copy (text, strlen (text)));
}

static void
act_add (World *self, Laptop *laptop)
{
  WorldCentre *centre = &self->centres[laptop->centre_no];
  const char *role = roles[pick (self, G_N_ELEMENTS (roles))];
  g_autofree char *name = g_strdup_printf ("person%u.%u", laptop->centre_no, centre->n_people++);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = NULL;
  SanId16 staff;

  tell (self, "%u %s adds %s, %s", laptop->no, laptop->login, name, role);
  words = san_staff_add (laptop->centre, name, role, "en", &staff, &error);
  if (words == NULL)
    {
      went_well (self, "add", error);
      return;
    }
  keep_slip (laptop, name, words);
  if (chance (self, 70))
    login_as (self, laptop, name);
}

/* Somebody who is here for the first time, or forgot: a new slip; perhaps with another role. */
static void
act_slip (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) rows = list_people (laptop);
  const SanStaffRow *person = pick_person (self, rows);
  g_autoptr(SanChanges) changes = san_changes_new (laptop->centre, &laptop->centre->house);
  g_autoptr(SanPress) press = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) words = NULL;

  if (person == NULL)
    return;
  tell (self, "%u %s makes a slip for %s", laptop->no, laptop->login, person->name);
  if (chance (self, 40))
    {
      g_autoptr(SanValue) role = san_value_new_code (roles[pick (self, G_N_ELEMENTS (roles) - 1)]);

      press = san_press_begin (laptop->centre, &error);
      if (press == NULL ||
          !san_changes_set (changes, SAN_COMPARTMENT_HOUSE, &person->id, SAN_FORM_STAFF,
                            SAN_STAFF_ROLE, role, &error) ||
          !san_press_add_changes (press, &laptop->centre->house, changes, NULL, &error) ||
          !san_press_commit (press, &error))
        {
          went_well (self, "role", error);
          return;
        }
      g_clear_pointer (&press, san_press_free);
    }
  words = san_staff_slip (laptop->centre, person->name, &error);
  if (words == NULL)
    {
      went_well (self, "slip", error);
      return;
    }
  keep_slip (laptop, person->name, words);
  if (chance (self, 70))
    login_as (self, laptop, person->name);
}

static void
act_grant (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) rows = list_people (laptop);
  const SanStaffRow *person = pick_person (self, rows);
  guint compartment =
      chance (self, 50) ? SAN_COMPARTMENT_CLINICAL : pick (self, SAN_N_COMPARTMENTS);
  g_autoptr(GError) error = NULL;

  if (person == NULL)
    return;
  tell (self, "%u %s grants ring of compartment %u to %s", laptop->no, laptop->login, compartment,
        person->name);
  if (!san_staff_grant (laptop->centre, person->name, (SanCompartment) compartment, person->number,
                        chance (self, 10) ? self->centres[laptop->centre_no].code : NULL, &error))
    went_well (self, "grant", error);
}

static void
act_remove (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) rows = list_people (laptop);
  const SanStaffRow *person = pick_person (self, rows);
  const char *why = reasons[pick (self, G_N_ELEMENTS (reasons))];
  g_autoptr(GError) error = NULL;

  if (person == NULL || g_str_equal (person->name, "?"))
    return;
  tell (self, "%u %s removes %s, %s", laptop->no, laptop->login, person->name, why);
  if (!san_staff_remove (laptop->centre, person->name, why, &error))
    went_well (self, "remove", error);
}

static void
act_revoke (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = san_device_list (laptop->centre, &error);
  g_autofree char *id = NULL;
  const SanDeviceRow *row;

  if (rows == NULL)
    {
      went_well (self, "devices", error);
      return;
    }
  row = g_ptr_array_index (rows, pick (self, rows->len));
  id = san_id16_to_text (&row->id);
  tell (self, "%u %s removes a laptop, %s", laptop->no, laptop->login, row->state);
  if (!san_device_revoke (laptop->centre, id, reasons[pick (self, G_N_ELEMENTS (reasons))], &error))
    went_well (self, "revoke", error);
}

static void
act_void (World *self, Laptop *laptop)
{
  const SanAuthority *authority =
      san_store_get_authority (laptop->centre->store, &laptop->centre->id, NULL);
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_VOID);
  guint n = authority != NULL ? san_authority_get_n_removals (authority) : 0;
  g_autoptr(SanPress) press = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(SanSecret) code = NULL;

  if (n == 0)
    return;
  body->u.voids.n_removals = 1;
  body->u.voids.removals =
      g_memdup2 (&san_authority_get_removal (authority, pick (self, n))->id, sizeof (SanId32));
  press = san_press_begin (laptop->centre, &error);
  if (press != NULL && chance (self, 25))
    {
      g_autoptr(SanSignKey) sign = NULL;

      code = san_setup_parse_code (self->centres[laptop->centre_no].code, NULL);
      sign = san_recovery_code_sign_key (code);
      san_press_sign_as (press, sign);
    }
  tell (self, "%u %s voids a removal%s", laptop->no, laptop->login,
        code != NULL ? " by the code" : "");
  if (press == NULL || !san_press_add_authority (press, &laptop->centre->id, body, NULL, &error) ||
      !san_press_commit (press, &error))
    went_well (self, "void", error);
}

/* A new recovery code, made with the old one: first every ring to the new key. */
static void
act_new_code (World *self, Laptop *laptop)
{
  WorldCentre *centre = &self->centres[laptop->centre_no];
  g_autoptr(SanSecret) code = san_setup_parse_code (centre->code, NULL);
  g_autoptr(SanSecret) fresh = san_recovery_code_new_random ();
  g_autoptr(SanSignKey) sign = san_recovery_code_sign_key (code);
  g_autoptr(SanBoxKey) box = san_recovery_code_box_key (code);
  g_autoptr(SanSignKey) new_sign = san_recovery_code_sign_key (fresh);
  g_autoptr(SanBoxKey) new_box = san_recovery_code_box_key (fresh);
  SanGrantee to = { *san_sign_key_get_public (new_sign), *san_box_key_get_public (new_box) };
  g_autoptr(SanAuthorityBody) body =
      san_new_recovery_make (new_sign, &to.box_pk, san_sign_key_get_public (sign));
  g_autoptr(GError) error = NULL;
  g_autoptr(SanPress) press = san_press_begin (laptop->centre, &error);

  tell (self, "%u %s makes a new recovery code", laptop->no, laptop->login);
  if (press != NULL)
    san_press_sign_as (press, sign);
  if (press == NULL ||
      !san_staff_hand_rings_by_code (press, laptop->centre, sign, box, SAN_COMPARTMENT_MASK, &to,
                                     &error) ||
      !san_press_add_authority (press, &laptop->centre->id, body, NULL, &error) ||
      !san_press_commit (press, &error))
    {
      went_well (self, "new code", error);
      return;
    }
  if (chance (self, 80))                       /* else somebody takes the old envelope out again */
    {
      san_secret_unref (centre->code);
      centre->code = san_recovery_code_to_text (fresh);
    }
}

void
act_use_code (World *self, Laptop *laptop)
{
  WorldCentre *centre = &self->centres[laptop->centre_no];
  g_autoptr(SanSecret) words = laptop_words ();
  g_autoptr(SanSecret) fresh = NULL;
  g_autoptr(GError) error = NULL;
  SanCentre *opened;

  laptop_lock (laptop);
  at_laptop (self, laptop);
  tell (self, "%u uses the recovery code for %s", laptop->no, centre->head);
  fresh =
      san_staff_begin_recovery (&laptop->where, centre->head, centre->code, words, NULL, &error);
  opened = fresh != NULL ? san_staff_recover (&laptop->where, centre->head, centre->code, words,
                                              fresh, &error)
                         : NULL;
  if (opened == NULL)
    {
      went_well (self, "recover", error);
      return;
    }
  san_secret_unref (centre->code);
  centre->code = g_steal_pointer (&fresh);
  laptop->centre = opened;
  laptop->login = g_strdup (centre->head);
}

static void
act_unpack_slip (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) names = laptop_list_names (laptop, TRUE);

  if (names->len > 0)
    {
      const char *name = g_ptr_array_index (names, pick (self, names->len));

      tell (self, "%u %s uses her slip", laptop->no, name);
      login_as (self, laptop, name);
    }
}

/* Two persons at one laptop: the one signs what the other will write. The row in the authority
 * dossier is what others go by, to whom headers without bodies come before the erasure does. */
void
act_erase (World *self, Laptop *laptop, const SanId32 *child)
{
  g_autoptr(SanAuthorityBody) body = san_authority_body_new (SAN_OP_ERASE);
  g_autoptr(SanAuthorityBody) row = san_authority_body_new (SAN_OP_ERASED);
  g_autoptr(GPtrArray) heads = NULL;
  g_autoptr(SanSignKey) second = NULL;
  g_autoptr(SanPress) press = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  if (!login (self, laptop) || laptop->centre->joining)
    return;
  second = san_sign_key_ref (laptop->centre->seat_key);
  if (!login_superintendent (self, laptop) || laptop->centre->joining)
    return;
  tell (self, "%u %s erases a child", laptop->no, laptop->login);
  heads = san_store_list_authority_heads (laptop->centre->store, child, NULL);
  if (heads == NULL)
    return;
  for (guint i = 0; i < MIN (heads->len, SAN_HEADS_LIMIT); i++)
    body->heads[body->n_heads++] = *(const SanId32 *) g_ptr_array_index (heads, i);
  if (!san_authority_body_cosign (body, child, san_sign_key_get_public (laptop->centre->seat_key),
                                  second, &error))
    {
      went_well (self, "cosign", error);
      return;
    }
  bytes = san_authority_body_encode (body, &error);
  press = bytes != NULL ? san_press_begin (laptop->centre, &error) : NULL;
  row->u.erased.dossier = *child;
  if (press == NULL ||
      !san_press_add_body (press, child, SAN_KIND_AUTHORITY, bytes, &row->u.erased.erasure,
                           &error) ||
      !san_press_add_authority (press, &laptop->centre->id, row, NULL, &error) ||
      !san_press_commit (press, &error))
    went_well (self, "erase", error);
}

void
act_on_people (World *self, Laptop *laptop)
{
  guint which = pick (self, 100);

  if (which < 25)
    {
      act_grant (self, laptop);
      return;
    }
  if (which < 32)
    {
      act_unpack_slip (self, laptop);
      return;
    }
  if (!login_superintendent (self, laptop) || laptop->centre->joining)
    return;
  at_laptop (self, laptop);
  if (which < 60)
    act_add (self, laptop);
  else if (which < 70)
    act_slip (self, laptop);
  else if (which < 84)
    act_remove (self, laptop);
  else if (which < 88)
    act_revoke (self, laptop);
  else if (which < 97)
    act_void (self, laptop);
  else
    act_new_code (self, laptop);
}
