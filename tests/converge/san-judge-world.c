/* san-judge-world.c - at rest all must say the same, and the same again when made anew
 *
 * Laptops of one centre that have not removed each other: everything. Different centres: the
 * dossiers that both may read, and each other's authority. Each laptop: verify, rebuild, and a
 * fresh store that gets the same entries in another order. */
#include "san-sight.h"
#include "san-audience.h"
#include "san-store-apply.h"
#include "san-store-check.h"
#include "san-founding.h"
#include "san-store-rights.h"

static void
fail_if (World *self, const Laptop *a, const Laptop *b, char *difference)
{
  if (difference == NULL)
    return;
  g_printerr ("# seed %u: laptops %u and %u of centres %u and %u differ: %.2000s\n", self->seed,
              a->no, b->no, a->centre_no, b->centre_no, difference);
  g_error ("seed %u does not converge", self->seed);
}

/* --- sights --- */

static Sight *
look (World *self, Laptop *laptop)
{
  g_autoptr(GPtrArray) names = laptop_list_names (laptop, FALSE);
  Sight *sight = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      if (!login_as (self, laptop, g_ptr_array_index (names, i)) || laptop->centre->joining)
        continue;
      if (sight == NULL)
        sight = sight_new (laptop);
      sight_add_views (sight);
    }
  return sight;
}

/* Somebody says that this laptop is none of the centre: it is told nothing any more. */
static gboolean
is_left_out (GPtrArray *sights, const Sight *self)
{
  for (guint i = 0; i < sights->len; i++)
    if (sight_leaves_out (g_ptr_array_index (sights, i), self->laptop))
      return TRUE;
  return FALSE;
}

static gboolean
has_met_its_copy (const Sight *self)
{
  const SanCentre *centre = self->laptop->centre;
  gboolean twin = FALSE;

  g_assert_true (
      san_audience_has_twin (centre->store, &centre->id, &centre->device, &twin, NULL));
  return twin;
}

/* Two copies of the only laptop speak with each other only once they have met in another's folder:
 * before that neither knows of any other. */
static gboolean
only_twins (const Sight *a, const Sight *b)
{
  const SanAuthority *authority =
      san_store_get_authority (a->laptop->centre->store, &a->laptop->centre->id, NULL);

  for (guint i = 0; i < san_authority_get_n_devices (authority); i++)
    {
      const SanDevice *device = san_authority_get_device (authority, i);

      if (!device->removed && !san_id16_equal (&device->device, &a->laptop->centre->device))
        return FALSE;
    }
  return san_id16_equal (&a->laptop->centre->device, &b->laptop->centre->device) &&
         !has_met_its_copy (a) && !has_met_its_copy (b);
}

static gboolean
are_colleagues (const Sight *a, const Sight *b)
{
  return a->laptop->centre_no == b->laptop->centre_no && !only_twins (a, b);
}

/* Causes before what follows from them. Views: those that both have open. */
static void
compare_all (World *self, const Sight *a, const Sight *b, gboolean only_common)
{
  static const char *const order[] = { "dossier ", "heads ", "lacks ", "bad ",   "authority ",
                                       "rights ",  "held ",  "forks ", "house ", "view " };

  for (guint w = 0; w < G_N_ELEMENTS (order); w++)
    for (guint turn = 0; turn < 2; turn++)
      {
        g_autoptr(GList) names = g_list_sort (
            g_hash_table_get_keys (turn == 0 ? a->lines : b->lines), (GCompareFunc) strcmp);

        for (GList *name = names; name != NULL; name = name->next)
          if (g_str_has_prefix (name->data, order[w]) &&
              (!(only_common || g_str_equal (order[w], "view ")) ||
               (g_hash_table_contains (a->lines, name->data) &&
                g_hash_table_contains (b->lines, name->data))))
            fail_if (self, a->laptop, b->laptop, sight_compare (a, b, name->data));
      }
}

static void
compare_about (World *self, const Sight *a, const Sight *b, const char *what, const SanId32 *id)
{
  g_autofree char *hex = san_id32_to_text (id);
  g_autofree char *name = g_strdup_printf ("%s %.12s", what, hex);

  fail_if (self, a->laptop, b->laptop, sight_compare (a, b, name));
}

/* A dossier travels both ways as long as each says that the other may read it. */
static gboolean
is_common (const Sight *a, const Sight *b, const SanDossier *dossier)
{
  SanDossierRights *one = san_store_get_rights (a->laptop->centre->store, &dossier->id, NULL);
  SanDossierRights *two = san_store_get_rights (b->laptop->centre->store, &dossier->id, NULL);
  SanDossier theirs;

  return one != NULL && two != NULL && !dossier->erased &&
         san_store_find_dossier (b->laptop->centre->store, &dossier->id, &theirs, NULL) &&
         !theirs.erased && san_dossier_rights_get_reads (one, &b->laptop->centre->id) != 0 &&
         san_dossier_rights_get_reads (two, &a->laptop->centre->id) != 0;
}

static gboolean
are_partners (const Sight *a, const Sight *b)
{
  return a->laptop->centre_no != b->laptop->centre_no &&
         san_centre_knows_partner (a->laptop->centre, &b->laptop->centre->id) &&
         san_centre_knows_partner (b->laptop->centre, &a->laptop->centre->id);
}

static void
compare_partners (World *self, const Sight *a, const Sight *b)
{
  static const char *const always[] = { "heads", "rights", "forks" };
  SanStore *store = a->laptop->centre->store;
  g_autoptr(GPtrArray) dossiers =
      san_store_list_dossiers (store, SAN_FOUNDING_CASE, NULL, G_MAXUINT, NULL);

  compare_about (self, a, b, "authority", &a->laptop->centre->id);
  compare_about (self, a, b, "authority", &b->laptop->centre->id);
  for (guint i = 0; i < dossiers->len; i++)
    {
      const SanDossier *dossier = g_ptr_array_index (dossiers, i);

      if (!is_common (a, b, dossier))
        continue;
      for (guint w = 0; w < G_N_ELEMENTS (always); w++)
        compare_about (self, a, b, always[w], &dossier->id);
      if (sight_get (a, "house", &dossier->id) != NULL &&
          sight_get (b, "house", &dossier->id) != NULL)
        {
          compare_about (self, a, b, "held", &dossier->id);
          compare_about (self, a, b, "house", &dossier->id);
        }
    }
}

/* --- one laptop with itself --- */

static void
tell_what_a_rebuild_changes (World *self, Laptop *laptop, guint compartment)
{
  SanStore *store = laptop->centre->store;
  g_autofree char *before = sight_dup_records (store, (guint8) compartment);
  g_autofree char *after = NULL;
  g_autofree char *difference = NULL;

  if (!(san_store_get_open_mask (store) & (1u << compartment)) ||
      !san_store_rebuild (store, 1u << compartment, NULL, NULL, NULL, NULL))
    return;
  after = sight_dup_records (store, (guint8) compartment);
  difference = sight_difference (san_compartment_get_name (compartment), before, after);
  g_printerr ("# seed %u: laptop %u, a rebuild changes: %s\n", self->seed, laptop->no, difference);
}

static void
check_sound (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  SanStore *store = laptop->centre->store;
  g_auto(SanVerifyReport) report = { 0 };

  san_store_verify (store, SAN_VERIFY_ALL, 0, NULL, NULL, NULL, &report, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report.problems->len; i++)
    g_printerr ("# seed %u: laptop %u, verify: %s\n", self->seed, laptop->no,
                (char *) g_ptr_array_index (report.problems, i));
  for (guint c = 0; report.problems->len > 0 && c < SAN_N_COMPARTMENTS; c++)
    tell_what_a_rebuild_changes (self, laptop, c);
  g_assert_cmpuint (report.problems->len, ==, 0);
}

static void
check_rebuild (World *self, Laptop *laptop)
{
  g_autoptr(GError) error = NULL;
  SanStore *store = laptop->centre->store;
  guint mask = san_store_get_open_mask (store);
  SanId32 before[SAN_N_COMPARTMENTS], after;
  g_autoptr(GPtrArray) derived = g_ptr_array_new_with_free_func (g_free);

  san_store_turn (store, san_clock_now (), &error);
  g_assert_no_error (error);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    {
      g_ptr_array_add (derived, sight_dup_derived (store, (guint8) c));
      if (mask & (1u << c))
        g_assert_true (san_store_view_digest (store, (guint8) c, TRUE, &before[c], NULL));
    }
  san_store_rebuild (store, mask, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint c = 0; c < SAN_N_COMPARTMENTS; c++)
    if (mask & (1u << c))
      {
        g_assert_true (san_store_view_digest (store, (guint8) c, TRUE, &after, NULL));
        if (!san_id32_equal (&after, &before[c]))
          {
            g_autofree char *now = sight_dup_derived (store, (guint8) c);
            g_autofree char *name =
                g_strdup_printf ("compartment %u after a rebuild, as %s", c, laptop->login);

            fail_if (self, laptop, laptop,
                     sight_difference (name, g_ptr_array_index (derived, c), now));
          }
      }
}

/* --- the same entries in another order --- */

/* Of what was erased the header alone. */
static gboolean
take_bytes (SanEntry *entry, gpointer data)
{
  GBytes *bytes = san_entry_to_bytes (entry);

  g_ptr_array_add (data, bytes != NULL
                             ? bytes
                             : g_bytes_new (san_entry_get_raw_header (entry), SAN_HEADER_SIZE));
  return TRUE;
}

static GPtrArray *
list_all (World *self, SanStore *store)
{
  g_autoptr(GPtrArray) dossiers = san_store_list_dossiers (store, 0, NULL, G_MAXUINT, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < dossiers->len; i++)
    g_assert_true (san_store_each_of_dossier (
        store, &((const SanDossier *) g_ptr_array_index (dossiers, i))->id, take_bytes, all, NULL));
  for (guint i = all->len; i > 1; i--)
    {
      guint other = pick (self, i);
      gpointer swap = all->pdata[i - 1];

      all->pdata[i - 1] = all->pdata[other];
      all->pdata[other] = swap;
    }
  return all;
}

static gboolean
apply_some (World *self, SanStore *store, GPtrArray *all, guint *next)
{
  SanId16 peer = { { 1 } };
  g_autoptr(GError) error = NULL;
  g_autoptr(SanApply) apply = san_apply_begin (store, &peer, &error);
  g_auto(SanApplySummary) summary = { 0 };

  g_assert_no_error (error);
  for (guint n = 1 + pick (self, 60); n > 0 && *next < all->len; n--, (*next)++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (all, *next), &size);

      if (size == SAN_HEADER_SIZE)
        san_apply_add_header (apply, data, size, NULL, &error);
      else
        san_apply_add (apply, g_ptr_array_index (all, *next), NULL, &error);
      g_assert_no_error (error);
    }
  san_apply_commit (apply, NULL, &summary, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.n[SAN_APPLY_QUARANTINED] + summary.n[SAN_APPLY_REFUSED], ==, 0);
  return summary.n[SAN_APPLY_NEW] + summary.n[SAN_APPLY_ERASED] + summary.n_freed +
             summary.n[SAN_APPLY_WAITING] >
         0;
}

/* Some at a time, and all again until nothing is new: a case that is erased forgets what waited. */
static void
apply_all (World *self, SanStore *store, GPtrArray *all)
{
  gboolean again = TRUE;

  for (guint pass = 0; again; pass++)
    {
      g_assert_cmpuint (pass, <, 20);
      again = FALSE;
      for (guint next = 0; next < all->len;)
        again |= apply_some (self, store, all, &next);
    }
}

static void
copy_choices (SanStore *from, SanStore *to)
{
  g_auto(GStrv) names = san_store_list_state (from, "my-ring.", NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr(GBytes) value = san_store_get_state (from, names[i], NULL);

      g_assert_true (san_store_put_state (to, names[i], value, NULL));
    }
}

static void
check_fresh (World *self, Sight *sight)
{
  Laptop *laptop = sight->laptop;
  SanCentre *centre = laptop->centre;
  g_autofree char *path = g_strdup_printf ("%s/fresh", laptop->dir);
  g_autoptr(GPtrArray) all = list_all (self, centre->store);
  g_autoptr(SanSecret) key = san_secret_new_random (32);
  g_autoptr(GError) error = NULL;
  g_autoptr(SanStore) store = san_store_create (path, key, &error);
  SanStore *kept = centre->store;
  Sight *again;

  g_assert_no_error (error);
  g_assert_true (san_store_set_centre (store, &centre->id, NULL));
  copy_choices (centre->store, store);
  apply_all (self, store, all);
  san_store_unlock (store, san_sign_key_get_public (centre->seat_key), centre->seat_box, NULL,
                    &error);
  g_assert_no_error (error);
  centre->store = store;
  again = sight_new (laptop);
  sight_add_views (again);
  centre->store = kept;
  compare_all (self, sight, again, TRUE);
  sight_free (again);
}

/* --- all --- */

static void
check_nothing_lacks (World *self, const Sight *sight)
{
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, sight->lines);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (g_str_has_prefix (name, "lacks ") || g_str_has_prefix (name, "bad "))
      {
        g_printerr ("# seed %u: laptop %u: %s %s\n", self->seed, sight->laptop->no, (char *) name,
                    ((GString *) text)->str);
        tell (self, "laptop %u: %s", sight->laptop->no, (char *) name);
      }
}

void
world_judge (World *self)
{
  g_autoptr(GPtrArray) sights = g_ptr_array_new_with_free_func ((GDestroyNotify) sight_free);
  g_autoptr(GHashTable) made_anew = g_hash_table_new (NULL, NULL);
  guint colleagues = 0, partners = 0, views = 0;

  for (guint i = 0; i < self->laptops->len; i++)
    {
      Sight *sight = look (self, g_ptr_array_index (self->laptops, i));

      if (sight != NULL)
        g_ptr_array_add (sights, sight);
      if (sight != NULL)
        check_nothing_lacks (self, sight);
      if (sight != NULL)
        check_sound (self, sight->laptop);
    }
  for (guint i = 0; i < sights->len; i++)
    for (guint j = i + 1; j < sights->len; j++)
      {
        const Sight *a = g_ptr_array_index (sights, i);
        const Sight *b = g_ptr_array_index (sights, j);

        if (is_left_out (sights, a) || is_left_out (sights, b))
          continue;
        if (are_colleagues (a, b))
          {
            compare_all (self, a, b, FALSE);
            colleagues++;
          }
        else if (are_partners (a, b))
          {
            compare_partners (self, a, b);
            partners++;
          }
      }
  for (guint i = 0; i < sights->len; i++)
    {
      Sight *sight = g_ptr_array_index (sights, i);

      at_laptop (self, sight->laptop);
      check_rebuild (self, sight->laptop);
      /* colleagues have the same entries: one of them is enough */
      if (is_left_out (sights, sight) ||
          !g_hash_table_contains (made_anew, GUINT_TO_POINTER (sight->laptop->centre_no)))
        check_fresh (self, sight);
      g_hash_table_add (made_anew, GUINT_TO_POINTER (sight->laptop->centre_no));
      views += san_store_get_open_mask (sight->laptop->centre->store) != 1;
    }
  tell (self, "judged: %u laptops, %u pairs of colleagues, %u of partners, %u with open views",
        sights->len, colleagues, partners, views);
}
