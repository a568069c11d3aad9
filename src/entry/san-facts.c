/* san-facts.c - what stands in the entries of one dossier, before anybody asks what counts
 *
 * Reads bodies, checks the proofs inside them, leaves out what lacks its past, puts the rest in
 * causal order and works out the past of each. Everything else of the evaluation asks here. */
#include "san-authority-private.h"

#include "san-causal.h"

typedef struct
{
  SanEntry *entry;
  SanAuthorityBody *body;
  GArray *parents;   /* SanId32 */
  SanHeldReason out; /* SAN_HELD_NOT: stays */
} Candidate;

static void
candidate_free (Candidate *self)
{
  san_authority_body_free (self->body);
  if (self->parents != NULL)
    g_array_unref (self->parents);
  g_free (self);
}

static gboolean
has_parsed_body (const SanEntry *entry)
{
  guint8 kind = san_entry_get_header (entry)->kind;

  return kind == SAN_KIND_AUTHORITY || kind == SAN_KIND_FOUNDING;
}

static Candidate *
candidate_new (SanEntry *entry)
{
  Candidate *self = g_new0 (Candidate, 1);
  const SanHeader *header = san_entry_get_header (entry);
  GBytes *body = san_entry_get_body (entry);

  self->entry = entry;
  self->parents = g_array_new (FALSE, FALSE, sizeof (SanId32));
  if (!san_id32_is_zero (&header->previous))
    g_array_append_val (self->parents, header->previous);
  if (has_parsed_body (entry) && body == NULL)
    self->out = SAN_HELD_MALFORMED;
  else if (header->kind == SAN_KIND_AUTHORITY)
    {
      self->body = san_authority_body_parse (body, NULL);
      if (self->body == NULL)
        self->out = SAN_HELD_MALFORMED;
      else
        g_array_append_vals (self->parents, self->body->heads, self->body->n_heads);
    }
  return self;
}

static gboolean
fail (GError **error, SanErrorCode code, const char *message)
{
  g_set_error_literal (error, SAN_ERROR, code, message);
  return FALSE;
}

/* Every entry once, by id; and that they are of one dossier, with its founding entry. */
static gboolean
gather (GPtrArray *entries, GHashTable *candidates, SanEntry **founding, GError **error)
{
  const SanId32 *dossier = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      SanEntry *entry = g_ptr_array_index (entries, i);
      const SanId32 *id = san_entry_get_id (entry);

      if (dossier == NULL)
        dossier = san_entry_get_dossier (entry);
      if (!san_id32_equal (dossier, san_entry_get_dossier (entry)))
        return fail (error, SAN_ERROR_INVALID, "entries of more than one dossier");
      if (g_hash_table_contains (candidates, id))
        continue;
      if (g_hash_table_size (candidates) == SAN_AUTHORITY_LIMIT)
        return fail (error, SAN_ERROR_REFUSED, "more authority entries than one dossier may have");
      if (san_entry_get_header (entry)->kind == SAN_KIND_FOUNDING)
        *founding = entry;
      g_hash_table_insert (candidates, (gpointer)id, candidate_new (entry));
    }
  if (*founding == NULL)
    return fail (error, SAN_ERROR_INVALID, "no founding entry");
  return TRUE;
}

/* In a case dossier journals run through notes too, which are not asked here: there the past is
 * what heads say, and previous where it is one of these entries. */
static void
forget_notes (GHashTable *candidates)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, candidates);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Candidate *here = value;
      const SanId32 *previous = &san_entry_get_header (here->entry)->previous;

      if (!san_id32_is_zero (previous) && !g_hash_table_contains (candidates, previous))
        g_array_remove_index (here->parents, 0);
    }
}

/* Leaves out what has a parent that is not here or left out itself: in causal order, so that one
 * walk is enough. Returns the places of those that stay. */
static GPtrArray *
order_candidates (GHashTable *candidates, GArray *left_out)
{
  guint n = g_hash_table_size (candidates);
  g_autofree SanCausalNode *nodes = g_new0 (SanCausalNode, n + 1);
  g_autofree Candidate **all = g_new0 (Candidate *, n + 1);
  g_autofree guint *order = NULL;
  GPtrArray *sorted = g_ptr_array_sized_new (n);
  GHashTableIter iter;
  gpointer value;
  guint placed = 0;

  g_hash_table_iter_init (&iter, candidates);
  for (guint i = 0; g_hash_table_iter_next (&iter, NULL, &value); i++)
    {
      all[i] = value;
      nodes[i].id = *san_entry_get_id (all[i]->entry);
      nodes[i].parents = (const SanId32 *)(gpointer)all[i]->parents->data;
      nodes[i].n_parents = all[i]->parents->len;
    }
  order = san_causal_order (nodes, n, &placed);
  for (guint i = 0; i < placed; i++)
    {
      Candidate *here = all[order[i]];

      for (guint p = 0; p < here->parents->len && here->out == SAN_HELD_NOT; p++)
        {
          Candidate *parent
              = g_hash_table_lookup (candidates, &g_array_index (here->parents, SanId32, p));

          if (parent == NULL || parent->out != SAN_HELD_NOT)
            here->out = SAN_HELD_INCOMPLETE;
        }
      if (here->out == SAN_HELD_NOT)
        g_ptr_array_add (sorted, here);
      else
        {
          SanLeftOut out = { *san_entry_get_id (here->entry), here->out };

          g_array_append_val (left_out, out);
        }
    }
  g_array_sort (left_out, san_id32_compare); /* an id stands first in each */
  return sorted;
}

static guint
intern_key (SanFacts *self, const SanId32 *key)
{
  gpointer number = g_hash_table_lookup (self->key_numbers, key);

  if (number == NULL)
    {
      g_ptr_array_add (self->records, g_array_new (FALSE, FALSE, sizeof (guint)));
      g_ptr_array_add (self->seatings, g_array_new (FALSE, FALSE, sizeof (guint)));
      number = GUINT_TO_POINTER (self->records->len);
      g_hash_table_insert (self->key_numbers, (gpointer)key, number);
    }
  return GPOINTER_TO_UINT (number) - 1;
}

/* A verdict on proofs is a function of the entry alone, so an earlier one holds. */
static gboolean
check_proofs (SanFacts *self, SanFact *fact, GHashTable *known)
{
  gpointer verdict = known != NULL ? g_hash_table_lookup (known, fact->id) : NULL;
  gboolean good = FALSE;

  if (verdict != NULL)
    good = GPOINTER_TO_INT (verdict) == 2;
  else if (fact->op == SAN_OP_DEVICE)
    good = san_device_record_verify (&fact->body->u.device, &self->dossier, NULL);
  else if (fact->op == SAN_OP_SEAT)
    good = san_seat_record_verify (&fact->body->u.seat, &self->dossier, NULL);
  else
    good = san_recovery_proof_verify (&fact->body->u.new_recovery.sign_pk, fact->body->salt,
                                      &fact->header->author, &fact->body->u.new_recovery.box_pk,
                                      fact->body->u.new_recovery.proof, NULL);
  g_hash_table_insert (self->proofs, san_id32_copy (fact->id), GINT_TO_POINTER (good ? 2 : 1));
  return good;
}

static void
add_record (SanFacts *self, guint place, const SanSeatRecord *record)
{
  SanFact *fact = &self->facts[place];

  fact->seat = record;
  fact->seat_key = intern_key (self, &record->sign_pk);
  fact->superintendent = san_role_is_superintendent (record->role);
  g_array_append_val (self->all_records, place);
  g_array_append_val (san_facts_records (self, fact->seat_key), place);
}

static void
add_fact (SanFacts *self, guint place, Candidate *candidate, GHashTable *known)
{
  SanFact *fact = &self->facts[place];

  fact->entry = san_entry_ref (candidate->entry);
  fact->header = san_entry_get_header (fact->entry);
  fact->id = san_entry_get_id (fact->entry);
  fact->body = g_steal_pointer (&candidate->body);
  fact->op = fact->body != NULL ? fact->body->op : 0;
  fact->author = intern_key (self, &fact->header->author);
  fact->previous = san_facts_find (self, &fact->header->previous);
  fact->is_head = TRUE;
  g_hash_table_insert (self->places, (gpointer)fact->id, GUINT_TO_POINTER (place + 1));
  self->same_prefix[place] = GPOINTER_TO_UINT (g_hash_table_lookup (self->prefixes, fact->id));
  g_hash_table_insert (self->prefixes, (gpointer)fact->id, GUINT_TO_POINTER (place + 1));
  if (fact->header->kind == SAN_KIND_FOUNDING)
    {
      self->found_at = place;
      fact->proven = TRUE;
      if (san_founding_is_authority (&self->founding))
        {
          fact->device = &self->founding.device;
          add_record (self, place, &self->founding.seat);
        }
    }
  if (!san_founding_is_authority (&self->founding))
    return;
  if (fact->op == SAN_OP_DEVICE || fact->op == SAN_OP_SEAT || fact->op == SAN_OP_NEW_RECOVERY)
    fact->proven = check_proofs (self, fact, known);
  if (fact->op == SAN_OP_DEVICE && fact->proven)
    fact->device = &fact->body->u.device;
  if (fact->op == SAN_OP_SEAT && fact->proven)
    {
      add_record (self, place, &fact->body->u.seat);
      g_array_append_val ((GArray *)g_ptr_array_index (self->seatings, fact->author), place);
    }
  if (fact->op == SAN_OP_REMOVE)
    g_array_append_val (self->removals, place);
  if (fact->op == SAN_OP_NEW_RECOVERY && fact->proven)
    g_array_append_val (self->recoveries, place);
}

static void
add_past (SanFacts *self, guint place, const GArray *parents)
{
  SanWord *past = self->past + (gsize)place * self->words;

  for (guint i = 0; i < parents->len; i++)
    {
      guint parent = san_facts_find (self, &g_array_index (parents, SanId32, i));

      self->facts[parent].is_head = FALSE;
      if (san_bit_get (past, parent))
        continue;
      san_bits_or (past, san_facts_past (self, parent), self->words);
      san_bit_set (past, parent);
    }
}

static gboolean
read_founding (SanFacts *self, SanEntry *entry, GError **error)
{
  GBytes *body = san_entry_get_body (entry);

  if (body == NULL)
    return fail (error, SAN_ERROR_INVALID, "the founding entry has no body");
  if (!san_founding_parse (body, &self->founding, error))
    return FALSE;
  self->dossier = *san_entry_get_id (entry);
  return !san_founding_is_authority (&self->founding)
         || san_founding_verify (&self->founding, san_entry_get_header (entry), error);
}

static void
allocate (SanFacts *self, guint n)
{
  self->n = n;
  self->words = SAN_WORDS (n);
  self->facts = g_new0 (SanFact, n);
  self->past = g_new0 (SanWord, (gsize)n * self->words);
  self->same_prefix = g_new0 (guint, n);
  self->places = g_hash_table_new (san_id32_hash, san_id32_equal);
  self->prefixes = g_hash_table_new (san_id16_hash, san_id16_equal);
  self->key_numbers = g_hash_table_new (san_id32_hash, san_id32_equal);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->seatings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->all_records = g_array_new (FALSE, FALSE, sizeof (guint));
  self->removals = g_array_new (FALSE, FALSE, sizeof (guint));
  self->recoveries = g_array_new (FALSE, FALSE, sizeof (guint));
  self->proofs = g_hash_table_new_full (san_id32_hash, san_id32_equal, g_free, NULL);
}

SanFacts *
san_facts_new (GPtrArray *entries, GHashTable *proofs, GError **error)
{
  g_autoptr(GHashTable) candidates
      = g_hash_table_new_full (san_id32_hash, san_id32_equal, NULL, (GDestroyNotify)candidate_free);
  g_autoptr(GPtrArray) sorted = NULL;
  g_autoptr(SanFacts) self = g_new0 (SanFacts, 1);
  SanEntry *founding = NULL;

  if (!gather (entries, candidates, &founding, error) || !read_founding (self, founding, error))
    return NULL;
  self->left_out = g_array_new (FALSE, FALSE, sizeof (SanLeftOut));
  if (!san_founding_is_authority (&self->founding))
    forget_notes (candidates);
  sorted = order_candidates (candidates, self->left_out);
  allocate (self, sorted->len);
  for (guint i = 0; i < sorted->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (sorted, i);

      add_fact (self, i, candidate, proofs);
      add_past (self, i, candidate->parents);
    }
  return g_steal_pointer (&self);
}

void
san_facts_free (SanFacts *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    {
      san_authority_body_free (self->facts[i].body);
      san_entry_unref (self->facts[i].entry);
    }
  g_free (self->facts);
  g_free (self->past);
  g_free (self->same_prefix);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->prefixes, g_hash_table_unref);
  g_clear_pointer (&self->key_numbers, g_hash_table_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->seatings, g_ptr_array_unref);
  g_clear_pointer (&self->all_records, g_array_unref);
  g_clear_pointer (&self->removals, g_array_unref);
  g_clear_pointer (&self->recoveries, g_array_unref);
  g_clear_pointer (&self->left_out, g_array_unref);
  g_clear_pointer (&self->proofs, g_hash_table_unref);
  g_free (self);
}

guint
san_facts_find (const SanFacts *self, const SanId32 *id)
{
  gpointer place = g_hash_table_lookup (self->places, id);

  return place != NULL ? GPOINTER_TO_UINT (place) - 1 : SAN_NOWHERE;
}

guint
san_facts_find_key (const SanFacts *self, const SanId32 *key)
{
  gpointer number = g_hash_table_lookup (self->key_numbers, key);

  return number != NULL ? GPOINTER_TO_UINT (number) - 1 : SAN_NOWHERE;
}

SanWord *
san_facts_after (const SanFacts *self, const SanWord *these)
{
  SanWord *after = g_new0 (SanWord, self->words);

  for (guint i = 0; i < self->n; i++)
    {
      const SanWord *past = san_facts_past (self, i);

      for (guint w = 0; w < self->words; w++)
        if ((past[w] & these[w]) != 0)
          {
            san_bit_set (after, i);
            break;
          }
    }
  return after;
}
