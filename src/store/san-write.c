/* san-write.c - own new entries: numbers from the database, durable on return */
#include "san-store-write.h"
#include "san-intake-private.h"
#include "san-authority.h"
#include "san-error.h"

struct _SanWriteTx
{
  SanStore *store;
  SanTx *tx; /* NULL: committed, or failed and rolled back */
  SanId32 asked; /* memo of san_write_next(), until something is added; zero: none */
  SanSlot slot;
};

SanWriteTx *
san_write_begin (SanStore *store, GError **error)
{
  SanTx *tx = san_tx_begin (store, TRUE, error);
  SanWriteTx *self;

  if (!tx)
    return NULL;
  self = g_new0 (SanWriteTx, 1);
  self->store = store;
  self->tx = tx;
  return self;
}

static gboolean
refuse (const char *why, GError **error)
{
  g_set_error (error, SAN_ERROR, SAN_ERROR_REFUSED, "%s", why);
  return FALSE;
}

static gboolean
is_running (SanWriteTx *self, GError **error)
{
  return (self->tx && self->store->tx == self->tx) || refuse ("the write is over", error);
}

/* The newest own entry of the dossier. At a fork of the own journal (a clone) either branch will
 * do: a new journal is begun soon. */
static gboolean
find_newest (SanStore *store, const SanId32 *dossier, SanSlot *slot, GError **error)
{
  g_autoptr(SanQuery) query
      = san_query (store->db,
                   "SELECT b.number, e.id, e.seq FROM dossier d JOIN branch b ON b.dossier = d.no"
                   " JOIN journal j ON j.no = b.journal JOIN entry e ON e.seq = b.head"
                   " WHERE d.id = ?1 AND j.id = ?2",
                   error);
  gboolean row;

  if (!query)
    return FALSE;
  san_query_put_blob (query, 1, dossier->b, sizeof dossier->b);
  san_query_put_blob (query, 2, store->journal.b, sizeof store->journal.b);
  while (TRUE)
    {
      guint64 number;
      SanId32 head;

      if (!san_query_step (query, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      number = san_query_get_int (query, 0) + 1;
      san_query_get_id32 (query, 1, &head);
      if (number > slot->number
          || (number == slot->number && san_id32_compare (&head, &slot->previous) < 0))
        {
          slot->number = number;
          slot->previous = head;
          store->newest_id = head;        /* it is asked for next */
          store->newest_seq = san_query_get_int (query, 2);
        }
    }
}

gboolean
san_write_next (SanWriteTx *self, const SanId32 *dossier, SanSlot *out, GError **error)
{
  SanSlot slot = { self->store->journal, 1, { { 0 } } };

  if (!is_running (self, error))
    return FALSE;
  if (san_id16_is_zero (&slot.journal))
    return refuse ("no journal was begun on this device", error);
  if (dossier && san_id32_equal (dossier, &self->asked)
      && san_id16_equal (&slot.journal, &self->slot.journal))
    slot = self->slot;
  else if (dossier && !find_newest (self->store, dossier, &slot, error))
    return FALSE;
  if (dossier)
    {
      self->asked = *dossier;
      self->slot = slot;
    }
  *out = slot;
  return TRUE;
}

static gboolean
fits_slot (SanWriteTx *self, SanEntry *entry, GError **error)
{
  const SanHeader *header = san_entry_get_header (entry);
  gboolean founds = header->kind == SAN_KIND_FOUNDING;
  SanSlot slot;

  if (!san_write_next (self, founds ? NULL : &header->dossier, &slot, error))
    return FALSE;
  return (header->number == slot.number && san_id32_equal (&header->previous, &slot.previous)
          && san_id16_equal (&header->journal, &slot.journal))
         || refuse ("the entry is not the next one of its journal", error);
}

/* One more than can be evaluated would make all of them unreadable. */
static gboolean
has_room (SanTx *tx, const SanParsed *parsed, const SanTxPlace *place, GError **error)
{
  guint8 kind = parsed->header->kind;
  guint64 n = 0;

  if (!place->dossier || kind == SAN_KIND_CHANGES || kind == SAN_KIND_KEY_GRANT)
    return TRUE;
  if (!san_tx_count_rules (tx, place->dossier, &n, error))
    return FALSE;
  return n < SAN_AUTHORITY_LIMIT || refuse ("nothing more can be decided there: it is full", error);
}

gboolean
san_write_add (SanWriteTx *self, SanEntry *entry, GError **error)
{
  g_autoptr(SanParsed) parsed = NULL;
  SanPlaceVerdict verdict;
  gboolean erased = FALSE;
  SanTxPlace place;
  const char *why;
  SanId32 need;

  if (!is_running (self, error) || !fits_slot (self, entry, error))
    return FALSE;
  self->asked = san_id32_zero;
  parsed = san_parsed_new (entry, error);
  if (!parsed || !san_intake_find_place (self->tx, entry, &place, &verdict, &need, &why, error))
    return FALSE;
  if (verdict != SAN_PLACE_FOUND)
    return refuse (verdict == SAN_PLACE_LACKS ? "the entry names something that is not here" : why,
                   error);
  if (san_parsed_founds_authority (parsed)
      && !san_founding_verify (parsed->founding, parsed->header, error))
    return FALSE;
  if (place.dossier && !place.is_authority
      && !san_erase_is_erased (self->store, &parsed->header->dossier, &erased, error))
    return FALSE;
  if (erased)
    return refuse ("the case was erased", error);
  if (!has_room (self->tx, parsed, &place, error))
    return FALSE;
  return san_tx_add (self->tx, parsed, &place, error);
}

gboolean
san_write_commit (SanWriteTx *self, GError **error)
{
  if (!is_running (self, error))
    return FALSE;
  return san_tx_commit (g_steal_pointer (&self->tx), TRUE, NULL, NULL, error);
}

void
san_write_free (SanWriteTx *self)
{
  if (!self)
    return;
  if (self->tx && self->store->tx == self->tx)
    san_tx_cancel (self->store);
  g_free (self);
}
